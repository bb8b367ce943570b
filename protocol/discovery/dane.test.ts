import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Anchor, Shown } from './dane.ts';
import { judgeByDane } from './dane.ts';
import type { Certified, Digest, Tlsa } from './tlsa.ts';

const digest: Digest = (algorithm, octets) => createHash(algorithm).update(octets).digest();
const PLACE = 'push.office.test port 853';

/** Stands for a certificate: what is in it does not matter here. */
function certified(number: number): Certified {
  return { certificate: Uint8Array.of(0x30, 2, number, 0), key: Uint8Array.of(0x30, 2, number, 1) };
}

const LEAF = certified(1);
const ISSUER = certified(2);
const ROOT = certified(3);
const STRANGER = certified(4);

function tlsa(usage: Tlsa['usage'], { key }: Certified): Tlsa {
  return { usage, selector: 1, matching: 1, data: digest('sha256', key) };
}

/** A server that shows a leaf and its issuer, below a trusted root that it does not send; all is well unless told. */
function judge(records: readonly Tlsa[], fields: Partial<Shown> = {}) {
  const asked: (readonly Anchor[])[] = [];
  const verdict = judgeByDane(
    records,
    {
      chain: [LEAF, ISSUER],
      digest,
      nameProblem: undefined,
      publicPathProblem: (isThrough = () => true) =>
        [ISSUER, ROOT].some(isThrough) ? undefined : 'no path leads through it',
      anchoredPathProblem: (anchors) => {
        asked.push(anchors);
        return undefined;
      },
      ...fields,
    },
    PLACE,
  );
  return { verdict, asked };
}

const WRONG_NAME = { nameProblem: 'the certificate is for other names' } as const;
const NO_PUBLIC_PATH = { publicPathProblem: () => 'the certificate has expired' } as const;
const NO_ANCHORED_PATH = { anchoredPathProblem: () => 'the certificate has expired' } as const;

test('SEC-06: usage 3 takes the key for all there is: names, dates and authorities are not looked at', () => {
  const record = tlsa(3, LEAF);
  const { verdict, asked } = judge([record], { ...WRONG_NAME, ...NO_PUBLIC_PATH, ...NO_ANCHORED_PATH });

  expect(verdict).toEqual({ kind: 'matched', record });
  expect(asked).toEqual([]);
});

test('SEC-06: usage 2 wants a path to the authority that the record names, and the name', () => {
  const record = tlsa(2, ISSUER);
  const { verdict, asked } = judge([record], NO_PUBLIC_PATH);

  expect(verdict).toEqual({ kind: 'matched', record });
  expect(asked).toEqual([[{ kind: 'certificate', certificate: ISSUER.certificate }]]);
  expect(judge([record], WRONG_NAME).verdict).toEqual({
    kind: 'unmatched',
    reason: expect.stringMatching(
      /^The TLSA record 2 1 1 [0-9a-f]+… is not met: the certificate is for other names\. /,
    ),
  });
  expect(judge([record], NO_ANCHORED_PATH).verdict).toMatchObject({
    reason: expect.stringContaining('is not met: the certificate has expired.'),
  });
});

test('SEC-06: usage 2 is not met by an authority that the server did not send, nor by the server’s own certificate', () => {
  for (const record of [tlsa(2, ROOT), tlsa(2, LEAF)]) {
    const { verdict, asked } = judge([record]);
    expect(verdict).toMatchObject({ kind: 'unmatched', reason: expect.stringContaining('None of the TLSA') });
    expect(asked).toEqual([]);
  }
});

test('SEC-06: an authority that stands whole in the record need not be sent, as a certificate or as a key', () => {
  const whole: Tlsa = { usage: 2, selector: 0, matching: 0, data: ROOT.certificate };
  const key: Tlsa = { usage: 2, selector: 1, matching: 0, data: ROOT.key };

  expect(judge([whole])).toEqual({
    verdict: { kind: 'matched', record: whole },
    asked: [[{ kind: 'certificate', certificate: ROOT.certificate }]],
  });
  expect(judge([key]).asked).toEqual([[{ kind: 'key', key: ROOT.key }]]);
});

test('SEC-07: a usable record that fits nothing refuses a server whose certificate is good otherwise', () => {
  for (const usage of [0, 1, 2, 3] as const) {
    expect(judge([tlsa(usage, STRANGER)]).verdict).toEqual({
      kind: 'unmatched',
      reason:
        `None of the TLSA records of ${PLACE} fits the certificate that the server shows (there is one that can be used). ` +
        'The domain says by DNSSEC who its server is, and this is not shown to be the one, so nothing was sent. ' +
        'Who runs the domain has to bring its TLSA records and the server’s certificate in line.',
    });
  }
});

test('usage 1 wants the certificate, a public authority and the name, all three', () => {
  const record = tlsa(1, LEAF);
  expect(judge([record]).verdict.kind).toBe('matched');
  expect(judge([record], WRONG_NAME).verdict.kind).toBe('unmatched');
  expect(judge([record], NO_PUBLIC_PATH).verdict).toMatchObject({
    reason: expect.stringContaining('the certificate has expired'),
  });
  expect(judge([tlsa(1, ISSUER)]).verdict.kind).toBe('unmatched');
});

test('usage 0 wants a public path through the authority, sent or not, and the name', () => {
  expect(judge([tlsa(0, ISSUER)]).verdict.kind).toBe('matched');
  expect(judge([tlsa(0, ROOT)]).verdict.kind).toBe('matched');
  expect(judge([tlsa(0, LEAF)]).verdict.kind).toBe('unmatched');
  expect(judge([tlsa(0, ISSUER)], WRONG_NAME).verdict.kind).toBe('unmatched');
  expect(judge([tlsa(0, ISSUER)], NO_PUBLIC_PATH).verdict).toMatchObject({
    reason: expect.stringContaining('is not met: the certificate has expired'),
  });
});

test('one record that fits is enough, whatever stands beside it', () => {
  const record = tlsa(3, LEAF);
  expect(judge([tlsa(0, STRANGER), tlsa(2, ISSUER), record], NO_ANCHORED_PATH).verdict).toEqual({
    kind: 'matched',
    record,
  });
});

test('to judge by no record is an error of ours, for without records another rule holds', () => {
  expect(() => judge([])).toThrow(TypeError);
});
