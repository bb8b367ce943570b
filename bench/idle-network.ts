import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwAwayCertificate } from '../main/demo/certificate.ts';
import { DnsServer } from '../main/demo/dns-server.ts';
import { announcePush } from '../main/demo/push-announcement.ts';
import { PushListener } from '../main/demo/push-listener.ts';
import { Responder } from '../main/demo/responder.ts';
import { readZoneFile } from '../main/demo/zone-file.ts';
import { Zones } from '../main/demo/zones.ts';
import { systemClock } from '../main/net/clock.ts';
import { Name } from '../protocol/wire/name.ts';
import { PacketCounter } from './packet-counter.ts';

const TARGET = Name.of('push.one.test');
/** The domains of the network, a zone each. */
export const IDLE_DOMAINS: readonly string[] = ['one.test', 'two.test', 'three.test', 'four.test'];

/** Four zones in which nothing happens, their DNS and push server, and what the client sends and gets. */
export class IdleNetwork {
  readonly dnsPort: number;
  readonly caFile: string;
  readonly #counter: PacketCounter;
  readonly #queries: CountingResponder;
  readonly #end: () => Promise<void>;

  private constructor(
    { dnsPort, caFile }: { readonly dnsPort: number; readonly caFile: string },
    counter: PacketCounter,
    queries: CountingResponder,
    end: () => Promise<void>,
  ) {
    this.dnsPort = dnsPort;
    this.caFile = caFile;
    this.#counter = counter;
    this.#queries = queries;
    this.#end = end;
  }

  static async start(): Promise<IdleNetwork> {
    const zones = new Zones(IDLE_DOMAINS.map(zoneOf));
    const responder = new CountingResponder(zones, [], systemClock);
    const certificate = throwAwayCertificate([String(TARGET).slice(0, -1)], [], Date.now());
    const directory = await mkdtemp(join(tmpdir(), 'herald-bench-'));
    const caFile = join(directory, 'ca.pem');
    await writeFile(caFile, certificate.caPem);
    const push = await PushListener.listen({
      port: 0,
      certificate,
      zones: {
        isAuthoritative: (name) => zones.isAuthoritative(name),
        matching: (question) => zones.matching(question),
        answer: (query) => responder.respond(query, true),
      },
      clock: systemClock,
    });
    const counter = await PacketCounter.listen(push.port);
    announcePush(zones, TARGET, counter.port);
    const dns = await DnsServer.listen(responder, 0, systemClock);
    return new IdleNetwork({ dnsPort: dns.port, caFile }, counter, responder, async () => {
      await counter.end();
      await Promise.all([push.close(), dns.close(), rm(directory, { recursive: true })]);
    });
  }

  /** How many pieces passed on the push connection, either way, and how many questions were asked. */
  get packets(): number {
    return this.#counter.count + this.#queries.count;
  }

  end(): Promise<void> {
    return this.#end();
  }
}

class CountingResponder extends Responder {
  count = 0;

  override respond(query: Uint8Array, viaStream: boolean): Uint8Array | undefined {
    this.count += 1;
    return super.respond(query, viaStream);
  }
}

function zoneOf(origin: string) {
  const read = readZoneFile(
    `$ORIGIN ${origin}.
$TTL 120
@ SOA ns hostmaster 1 300 60 86400 10
@ NS ns
ns A 192.0.2.1
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 laser
Laser._ipp._tcp TXT "txtvers=1"
laser A 192.0.2.10
`,
    origin,
  );
  if (!read.ok) throw new TypeError(read.message);
  return read.zone;
}
