import type { Expectation } from './lab-zone.ts';

/** What most zones of the lab hold: addresses, an alias, a wildcard, a name that is only above another. */
export const ORDINARY_RECORDS: readonly string[] = [
  'www A 192.0.2.1',
  'www AAAA 2001:db8::1',
  'alias CNAME www',
  '*.wild A 192.0.2.9',
  '*.wild TXT "by the wildcard"',
  'named.wild A 192.0.2.10',
  'a.deep TXT "deep has no records of its own"',
];

/** Each way in which such a zone can answer: data, alias, wildcard, and the absence of a type or of a name. */
const ORDINARY_QUESTIONS: readonly string[] = [
  ...['@ SOA', '@ NS', '@ DNSKEY'],
  'www A',
  'WWW AAAA',
  'alias A',
  'alias AAAA',
  'x.wild A',
  'x.y.wild TXT',
  'named.wild A',
  ...['www TXT', 'alias TXT', '@ TXT', 'x.wild AAAA', 'named.wild TXT', 'deep A', 'wild A'],
  ...['nope A', 'a.nope A', 'zzz SRV', 'a.www A', 'a.alias A', 'b.deep TXT'],
];

/** The same verdict on every ordinary question, but for those of `others`; the DS records are the parent's, which is sound. */
export function everywhere(
  verdict: Expectation,
  others: Readonly<Record<string, Expectation>> = {},
): Readonly<Record<string, Expectation>> {
  const ordinary = Object.fromEntries(ORDINARY_QUESTIONS.map((asked) => [asked, verdict]));
  return { ...ordinary, '@ DS': 'secure', ...others };
}
