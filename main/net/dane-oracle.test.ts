import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../demo/testing/programs.ts';
import type { Tlsa } from '../../protocol/discovery/tlsa.ts';
import { tlsaText } from '../../protocol/discovery/tlsa.ts';
import type { Identity } from './testing/certificates.ts';
import { selfSigned, TestAuthority } from './testing/certificates.ts';
import { FakeTls } from './testing/fake-tls.ts';
import { open, SERVER_NAME } from './testing/recorded-transport.ts';
import { tlsaOf } from './testing/tlsa-of.ts';

const names = [SERVER_NAME];
const ROOT = new TestAuthority('Root');
const ISSUER = ROOT.delegate('Issuer');
const STRANGER = new TestAuthority('Stranger');

/** What servers show, by what is the matter with it. */
const SHOWN: Readonly<Record<string, Identity>> = {
  good: ISSUER.issue({ names }, [ISSUER, ROOT]),
  'without its root': ISSUER.issue({ names }, [ISSUER]),
  bare: ISSUER.issue({ names }),
  'in disorder': ISSUER.issue({ names }, [STRANGER, ROOT, ISSUER]),
  expired: ISSUER.issue({ names, fromDay: -9, untilDay: -1 }, [ISSUER, ROOT]),
  'for another name': ISSUER.issue({ names: ['other.test'] }, [ISSUER, ROOT]),
  'below an expired authority': expiredIssuer(),
  'self-signed': selfSigned({ names }),
};

function expiredIssuer(): Identity {
  const expired = ROOT.delegate('Expired', { fromDay: -9, untilDay: -1 });
  return expired.issue({ names }, [expired, ROOT]);
}

const USAGES = [0, 1, 2, 3] as const;
type Form = readonly [selector: number, matching: number];
/** Which forms records have, where more than the usual one makes a difference. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  good: [0, 1].flatMap((selector) => [0, 1, 2].map((matching) => [selector, matching] as const)),
  bare: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
};

/** Records about the server and the authorities. */
function recordsFor(shown: string, { cert }: Identity): readonly Tlsa[] {
  const { [shown]: forms = [[1, 1]] } = FORMS;
  return USAGES.flatMap((usage) =>
    [cert, ISSUER.ca, ROOT.ca, STRANGER.ca].flatMap((pem) =>
      forms.map(([selector, matching]) => tlsaOf(pem, usage, selector, matching)),
    ),
  );
}

/** OpenSSL takes an authority that the server forgot out of a record of usage 0; RFC 7671 §5.4 leaves that to the server. */
function isMend({ usage, selector, matching, data }: Tlsa): boolean {
  return usage === 0 && selector === 0 && matching === 0 && ISSUER.certificate.raw.equals(data);
}

test.each(Object.entries(SHOWN))(
  'a server that is %s is taken and refused by each record as OpenSSL does',
  async (shown, identity) => {
    const folder = mkdtempSync(join(tmpdir(), 'dane-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, ROOT.ca);
    const server = await FakeTls.start(identity);

    const verdicts: (readonly [record: string, ours: boolean, theirs: boolean])[] = [];
    for (const record of recordsFor(shown, identity)) {
      if (shown === 'bare' && isMend(record)) continue;
      const [ours, theirs] = await Promise.all([
        isTaken(server.port, record),
        isTakenByOpenssl(server.port, record, caFile),
      ]);
      verdicts.push([tlsaText(record), ours, theirs]);
    }

    expect(verdicts.filter(([, ours, theirs]) => ours !== theirs)).toEqual([]);
    expect(new Set(verdicts.map(([, ours]) => ours))).toEqual(new Set([true, false]));
  },
  60_000,
);

async function isTaken(port: number, record: Tlsa): Promise<boolean> {
  const { secure, end, transport } = open(port, { dane: [record], ca: ROOT.ca });
  const taken = await Promise.race([secure.then(() => true), end.then(() => false)]);
  transport.abort();
  await end;
  return taken;
}

/** `openssl s_client` with the same record; by RFC 7671 §5.1, which came after its default, usage 3 ignores names. */
async function isTakenByOpenssl(port: number, record: Tlsa, caFile: string): Promise<boolean> {
  const { status } = await run('openssl', [
    's_client',
    ...['-connect', `127.0.0.1:${port}`, '-servername', SERVER_NAME, '-dane_tlsa_domain', SERVER_NAME],
    ...['-dane_tlsa_rrdata', tlsaText(record), '-dane_ee_no_namechecks'],
    ...['-CAfile', caFile, '-no-CApath', '-no-CAstore', '-verify_return_error', '-brief'],
  ]);
  return status === 0;
}
