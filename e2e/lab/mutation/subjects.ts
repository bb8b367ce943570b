import type { Asked } from '../oracles/asked.ts';

/** The zones whose answers of last month there are. */
export const STALE_ZONES: readonly string[] = ['', 'lab', 'p256.lab', 'rsa256.lab', 'example.lab'];

/** What altered answers are answers to: every kind of answer, from zones of every kind. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'p256.lab': [
    ...['www A', 'www TXT', 'nope A', 'a.www A', 'deep A', 'x.wild A', 'x.wild AAAA', 'service SRV'],
    ...['alias A', 'to-signed A', 'to-unsigned A', 'to-nothing A', 'www.moved A'],
  ],
  'rsa256.lab': ['www A', 'www TXT', 'nope A', 'deep A', 'x.wild A', 'x.wild AAAA'],
  'p384.lab': ['www A', 'www TXT', 'nope A', 'x.wild A'],
  'ed25519.lab': ['www A', 'www TXT', 'nope A', 'x.wild TXT'],
  'below.ed25519.lab': ['www A', 'nope A'],
  'knot.lab': ['www A', 'nope A'],
  'two-algorithms.lab': ['www A'],
  'opt-out.lab': ['www A', 'signed DS', 'unsigned DS'],
  'signed.opt-out.lab': ['www A'],
  'unsigned.opt-out.lab': ['www A'],
  'unsigned.lab': ['www A', 'nope A'],
  'unknown-algorithm.lab': ['www A'],
  'iterations.lab': ['www A', 'nope A'],
  'bogus.lab': ['www A', 'www AAAA'],
  'expired.lab': ['www A'],
  'foreign-key.lab': ['www A'],
  'example.lab': ['_dns-push-tls._tcp SRV', '_ipp._tcp PTR', '_ipps._udp PTR', 'push A'],
};

/** All of them, with absolute names. */
export function subjects(): readonly Asked[] {
  return Object.entries(SUBJECTS).flatMap(([origin, asked]) =>
    asked.map((one) => {
      const [name = '', type = ''] = one.split(' ');
      return { name: `${name}.${origin}.`, type };
    }),
  );
}
