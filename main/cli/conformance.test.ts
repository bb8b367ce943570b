import { expect, test } from 'vitest';
import type { SessionOutput } from '../../protocol/dso/session-output.ts';
import type { Misbehaviour } from '../demo/misbehaviour.ts';
import { reportJson, reportText, statusOf } from './conformance-report.ts';
import type { Examination } from './conformance-run.ts';
import { CONFORMANCE_ROWS, examine } from './conformance-run.ts';
import { misbehaving, SubjectLink } from './testing/subject-link.ts';
import type { MakeSession } from './testing/subject-link.ts';

const TARGET = { serverName: 'push.office.test', port: 853, addresses: ['192.0.2.1'] };
const EXAMINED = { place: 'push.office.test port 853', zone: 'office.test' };

async function examined(isHostile: boolean, makeSession?: MakeSession, id?: string): Promise<Examination> {
  const link = new SubjectLink(makeSession);
  const rows = id === undefined ? CONFORMANCE_ROWS : CONFORMANCE_ROWS.filter((row) => row.id === id);
  return link.until(examine({ target: TARGET, zone: 'office.test.', isHostile }, link, rows));
}

/** A server that breaks a rule whenever the client's line matches, with this script instead of its answer. */
function broken(at: Misbehaviour['at'], script: string, isInstead = true): Misbehaviour {
  return {
    name: '',
    breach: '',
    section: '',
    row: '',
    clientEnd: 'abort',
    at,
    isInstead,
    isMuteAfter: false,
    script,
  };
}

const GRANT = 'inactivity=15000 keepalive=3600000';
const SOA = 'ns.office.test. hostmaster.office.test. 1 2 3 4 5';
const NOTHING = '';

/** For each row a server that departs from it, in every script of the row that could tell. */
const BROKEN: readonly (readonly [string, Misbehaviour])[] = [
  ['SRV-03', broken(/^KEEPALIVE #1/, `S: RESPONSE #ID NOERROR KEEPALIVE ${GRANT} + KEEPALIVE ${GRANT}`)],
  ['SRV-04', broken(/keepalive=1$/, 'S: RESPONSE #ID NOERROR KEEPALIVE inactivity=15000 keepalive=9999')],
  ['SRV-05', broken(/^KEEPALIVE #1/, 'S: RESPONSE #ID NOERROR KEEPALIVE inactivity=15000 keepalive=15000')],
  ['SRV-06', broken(/^KEEPALIVE inactivity/, `S: RESPONSE #0 NOERROR KEEPALIVE ${GRANT}`)],
  ['SRV-07', broken('connection', `S: KEEPALIVE ${GRANT}`)],
  ['SRV-08', broken(/^TYPE63488 #7/, 'S: RESPONSE #ID NOTIMP')],
  ['SRV-08', broken(/^TYPE63488 #7/, 'S: RESPONSE #ID DSOTYPENI TYPE63488 01020304')],
  ['SRV-08', broken(/^TYPE63488 0/, NOTHING)],
  ['SRV-09', broken(/counts=/, `S: RESPONSE #ID NOERROR KEEPALIVE ${GRANT}`)],
  ['SRV-10', broken(/^SUBSCRIBE herald/, NOTHING)],
  ['SRV-10', broken(/^UNSUBSCRIBE #5/, 'S: RESPONSE #5 NOERROR')],
  ['SRV-11', broken(/^RETRY-DELAY/, 'S: CLOSE')],
  ['SRV-11', broken(/^PUSH/, NOTHING)],
  ['SRV-11', broken(/^RESPONSE/, NOTHING)],
  ['SRV-12', broken(/PADDING 100/, `S: RESPONSE #ID NOERROR KEEPALIVE ${GRANT}`)],
  ['SRV-12', broken(/PADDING 7/, 'S: RESPONSE #ID NOERROR')],
  ['SRV-13', broken(/^DNS .* OPT/, NOTHING)],
  [
    'SRV-14',
    broken(
      /^KEEPALIVE #1 inactivity=1000/,
      'S: RESPONSE #1 NOERROR KEEPALIVE inactivity=1000 keepalive=15000',
    ),
  ],
  ['SRV-15', broken(/^SUBSCRIBE/, 'S: CLOSE')],
  ['SRV-16', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NOERROR')],
  ['SRV-16', broken(/^KEEPALIVE #2/, 'S: ABORT')],
  [
    'SRV-17',
    broken(/^KEEPALIVE #2/, 'S: RESPONSE #2 NOERROR KEEPALIVE inactivity=1000 keepalive=3600000\nS: ABORT'),
  ],
  ['SRV-20', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NOERROR\nS: RESPONSE #ID NOERROR')],
  ['SRV-20', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NOERROR SUBSCRIBE NAME IN SOA')],
  ['SRV-21', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NXDOMAIN')],
  ['SRV-22', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NOTAUTH')],
  ['SRV-22', broken(/^SUBSCRIBE/, 'S: RESPONSE #ID NOERROR')],
  ['SRV-23', broken(/^SUBSCRIBE #3/, 'S: RESPONSE #ID REFUSED')],
  ['SRV-24', broken(/^SUBSCRIBE .* SOA/, 'S: RESPONSE #ID NOERROR')],
  ['SRV-24', broken(/^SUBSCRIBE .* SOA/, `S: PUSH add NAME 120 IN SOA ${SOA}\nS: RESPONSE #ID NOERROR`)],
  ['SRV-24', broken(/^SUBSCRIBE .* TYPE65400/, 'S: PUSH add NAME 120 IN A 192.0.2.1', false)],
  ['SRV-25', broken(/^SUBSCRIBE .* IN ANY/, `S: RESPONSE #ID NOERROR\nS: PUSH add NAME 120 IN SOA ${SOA}`)],
  ['SRV-25', broken(/^SUBSCRIBE .* ANY ANY/, 'S: RESPONSE #ID NOERROR')],
  ['SRV-33', broken(/^UNSUBSCRIBE 4242/, 'S: RESPONSE #0 FORMERR')],
  ['SRV-33', broken(/^UNSUBSCRIBE 2/, 'S: RESPONSE #2 NOERROR')],
  ['SRV-34', broken(/^TYPE66/, 'S: RESPONSE #0 FORMERR')],
  ['SRV-35', broken(/^RECONFIRM/, 'S: RESPONSE #0 FORMERR')],
  ['SRV-36', broken(/^DNS .* SOA/, 'S: DNS #ID QUERY REFUSED qr')],
  ['SRV-36', broken(/^DNS .* SRV/, 'S: DNS #ID QUERY NOERROR qr aa')],
  ['SRV-37', broken(/^DNS .* IN A$/, 'S: DNS #ID QUERY NXDOMAIN qr aa')],
  ['SRV-37', broken(/^DNS .* TYPE65400/, 'S: DNS #ID QUERY NOERROR qr aa')],
];

/** What only a PUSH that was seen on the way can show. */
const BROKEN_PUSHES: readonly (readonly [string, Misbehaviour])[] = [
  [
    'SRV-29',
    broken(/^SUBSCRIBE .* SOA/, `S: PUSH add NAME 120 IN TYPE65280 \\# 16360 ${'00'.repeat(16_360)}`, false),
  ],
  [
    'SRV-31',
    broken(
      /^SUBSCRIBE .* SOA/,
      // `PUSH add office.test. 120 IN NS office.test.`, the second name in full.
      'S: BYTES 000030000000000000000000 0041 0024 066f666669636504746573740000020001000000 78 000d 066f6666696365047465737400',
      false,
    ),
  ],
  ['SRV-32', broken(/^SUBSCRIBE .* SOA/, 'S: PUSH record NAME 120 IN ANY \\# 0', false)],
];

test('SRV-03 SRV-04 SRV-05 SRV-07 SRV-08 SRV-09 SRV-12 SRV-16 SRV-17 SRV-20 SRV-21 SRV-22 SRV-24 SRV-25 SRV-29 SRV-31 SRV-32 SRV-33 SRV-35 SRV-36 SRV-37: seen from outside, the demo server keeps every rule', async () => {
  const examination = await examined(false);
  expect(statusOf(examination)).toBe(0);
  expect(reportText(EXAMINED, examination)).toContain('\n21 pass, 0 depart, 14 not applicable\n');
});

test('SRV-06 SRV-10 SRV-11 SRV-13 SRV-14 SRV-15 SRV-23 SRV-34: nor does it let a hostile client get away with anything', async () => {
  const examination = await examined(true);
  expect(statusOf(examination)).toBe(0);
  expect(reportText(EXAMINED, examination)).toContain('\n29 pass, 0 depart, 6 not applicable\n');
});

test.each(BROKEN)('%s is said to be departed from by a server that does: %j', async (id, misbehaviour) => {
  const examination = await examined(true, misbehaving(misbehaviour), id);
  expect(statusOf(examination)).toBe(1);
  expect(examination).toMatchObject({ kind: 'examined', results: [{ kind: 'departs', row: { id } }] });
});

test.each(BROKEN_PUSHES)(
  '%s is said to be departed from by a server whose PUSH does',
  async (id, misbehaviour) => {
    const examination = await examined(false, misbehaving(misbehaviour));
    expect(examination).toMatchObject({ kind: 'examined' });
    const departing =
      examination.kind === 'examined' ? examination.results.filter(({ kind }) => kind === 'departs') : [];
    expect(departing.map(({ row }) => row.id)).toContain(id);
  },
);

test('a row that is departed from is reported with what was expected, what came, and all that was said', async () => {
  const answered = misbehaving(broken(/^RECONFIRM/, 'S: RESPONSE #0 FORMERR'));
  const examination = await examined(false, answered, 'SRV-35');
  expect(reportText(EXAMINED, examination)).toBe(`push.office.test port 853, zone office.test

departs  SRV-35  A RECONFIRM is never answered (RFC 8765 §6.5)
         expected RESPONSE #99 NOERROR KEEPALIVE inactivity=* keepalive=*
         came     RESPONSE #0 FORMERR
           C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
           S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000
           C: RECONFIRM herald-conformance.office.test. IN A 192.0.2.1
           C: KEEPALIVE #99 inactivity=15000 keepalive=3600000
           S: RESPONSE #0 FORMERR
           S: RESPONSE #99 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000

0 pass, 1 depart, 0 not applicable
`);
  expect(JSON.parse(reportJson(EXAMINED, examination))).toMatchObject({
    server: 'push.office.test port 853',
    zone: 'office.test',
    result: 'examined',
    rows: [{ id: 'SRV-35', verdict: 'departs', came: 'RESPONSE #0 FORMERR', section: 'RFC 8765 §6.5' }],
  });
});

const NO_DSO: readonly (readonly [string, string])[] = [
  ['RESPONSE #1 NOTIMP', 'S: RESPONSE #1 NOTIMP'],
  [`RESPONSE #1 NOTIMP KEEPALIVE ${GRANT}`, `S: RESPONSE #1 NOTIMP KEEPALIVE ${GRANT}`],
  ['CLOSE', 'S: CLOSE'],
  ['nothing within 3 s', NOTHING],
];

test.each(NO_DSO)(
  'a server that meets the opener with %s is said to do no DSO, and left alone',
  async (came, script) => {
    const link = new SubjectLink(misbehaving(broken(/^KEEPALIVE/, script)));
    const examination = await link.until(
      examine({ target: TARGET, zone: 'office.test.', isHostile: true }, link),
    );
    expect(reportText(EXAMINED, examination)).toBe(
      `push.office.test port 853 does no DSO: it was sent a Keepalive request to open a session, and what came was ${came} (RFC 8490 §5.1.1). DNS Push needs DSO, so no row can be tried. Choose a server that offers DNS Push.\n`,
    );
    expect([statusOf(examination), link.connections]).toEqual([1, 1]);
  },
);

test('a row whose session the server turns away is not held against it', async () => {
  const busy = misbehaving(broken(/^SUBSCRIBE/, 'S: RETRY-DELAY 60000 SERVFAIL'));
  expect(await examined(false, busy, 'SRV-21')).toMatchObject({
    results: [
      {
        kind: 'not-applicable',
        why: 'the server asks to stay away (RETRY-DELAY 60000 SERVFAIL): try again later',
      },
    ],
  });
});

test('only with --hostile is anything said that makes a server abort', async () => {
  const aborts = async (isHostile: boolean): Promise<number> => {
    let count = 0;
    await examined(isHostile, (honest) => ({
      get subscriptionCount() {
        return honest.subscriptionCount;
      },
      get deadlineMs() {
        return honest.deadlineMs;
      },
      receive: (chunk, nowMs) => counted(honest.receive(chunk, nowMs)),
      tick: (nowMs) => counted(honest.tick(nowMs)),
      publish: (changes, nowMs) => honest.publish(changes, nowMs),
      shutdown: (delay, nowMs) => honest.shutdown(delay, nowMs),
    }));
    return count;

    function counted(outputs: readonly SessionOutput[]): readonly SessionOutput[] {
      count += outputs.filter((output) => output.kind === 'close' && output.how === 'abort').length;
      return outputs;
    }
  };
  expect(await aborts(false)).toBe(0);
  expect(await aborts(true)).toBe(13);
});
