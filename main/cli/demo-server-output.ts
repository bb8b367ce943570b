import type { Change } from '../../protocol/push/change.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { changeText } from '../demo/change-text.ts';
import type { DemoNetwork } from '../demo/demo-network.ts';

/** What the demo server says about itself. */
type Announced = Pick<DemoNetwork, 'dnsPort' | 'pushPort' | 'caPath' | 'tsigKeyPath' | 'target' | 'zones'>;

/** The one line of `--json`; files as absolute paths. */
export function demoServerJson({ dnsPort, pushPort, caPath, tsigKeyPath, target, zones }: Announced): string {
  return JSON.stringify({ dnsPort, pushPort, ca: caPath, tsigKey: tsigKeyPath, target, zones });
}

/** The same for people, with commands to paste into another terminal. */
export function demoServerText({ dnsPort, pushPort, caPath, tsigKeyPath, target, zones }: Announced): string {
  const zone = zones[0]!;
  const instance = String.raw`Paste\032Me._ipp._tcp.${zone}`;
  return `The demo network answers on 127.0.0.1 for ${zones.join(' and ')}.

  DNS and updates  127.0.0.1:${dnsPort} (UDP and TCP)
  DNS Push         ${target}:${pushPort} (TLS, on 127.0.0.1)
  authority        ${caPath}
  update key       ${tsigKeyPath}

Look at it:

  dig @127.0.0.1 -p ${dnsPort} +short PTR _ipp._tcp.${zone}
  npm run browse -- --resolver 127.0.0.1:${dnsPort} --ca ${caPath} ${zone}

Add a printer, change its text, remove it:

  nsupdate -k ${tsigKeyPath} <<'END'
  server 127.0.0.1 ${dnsPort}
  zone ${zone}
  update add _ipp._tcp.${zone} 4500 PTR ${instance}
  update add ${instance} 120 SRV 0 0 631 ${target}
  update add ${instance} 4500 TXT "txtvers=1" "ty=Pasted Printer" "note=Here"
  send
  END

  nsupdate -k ${tsigKeyPath} <<'END'
  server 127.0.0.1 ${dnsPort}
  zone ${zone}
  update delete ${instance} TXT
  update add ${instance} 4500 TXT "txtvers=1" "ty=Pasted Printer" "note=There"
  send
  END

  nsupdate -k ${tsigKeyPath} <<'END'
  server 127.0.0.1 ${dnsPort}
  zone ${zone}
  update delete _ipp._tcp.${zone} PTR ${instance}
  update delete ${instance}
  send
  END

Ctrl-C ends it. Every change to a zone follows, one line a record.

`;
}

/** One line a change: `+` or `-` and the record. The serial number of the SOA, which every change raises, is left out. */
export function changeLines(changes: readonly Change[]): string {
  return changes
    .filter((change) => !('record' in change) || change.record.type !== RecordType.SOA)
    .map((change) => `${changeText(change)}\n`)
    .join('');
}
