import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PathSearch } from './certificate-path.ts';
import { pathProblem } from './certificate-path.ts';
import type { AuthorityWishes, CertificateWishes, Identity } from './testing/certificates.ts';
import { Purpose, selfSigned, TestAuthority } from './testing/certificates.ts';

const NAMES = ['push.office.test'];

function parsed({ cert }: Identity): X509Certificate {
  return new X509Certificate(cert);
}

function problem(fields: Pick<PathSearch, 'leaf'> & Partial<PathSearch>): string | undefined {
  return pathProblem({ pool: [], isAnchor: () => false, anchorKeys: [], wallMs: Date.now(), ...fields });
}

/** A server below one authority below another, the anchor, with something wrong in one place or another. */
function throughTwo(
  wishes: {
    readonly root?: AuthorityWishes;
    readonly issuer?: AuthorityWishes;
    readonly leaf?: CertificateWishes;
  } = {},
): string | undefined {
  const root = new TestAuthority('Root', wishes.root);
  const issuer = root.delegate('Issuer', wishes.issuer);
  const leaf = parsed(issuer.issue({ names: NAMES, ...wishes.leaf }));
  const pool = [root.certificate, issuer.certificate];
  return problem({ leaf, pool, isAnchor: ({ raw }) => raw.equals(root.certificate.raw) });
}

test('a path leads over authorities in any order to the one that is named', () => {
  expect(throughTwo()).toBeUndefined();
});

test('a path may end below the top of all', () => {
  const issuer = new TestAuthority('Root').delegate('Issuer');
  const leaf = parsed(issuer.issue({ names: NAMES }));
  const isAnchor = ({ raw }: X509Certificate): boolean => raw.equals(issuer.certificate.raw);

  expect(problem({ leaf, pool: [issuer.certificate], isAnchor })).toBeUndefined();
});

test.each<readonly [string, Parameters<typeof throughTwo>[0], string]>([
  ['the server’s certificate has expired', { leaf: { untilDay: -0.5 } }, 'the certificate has expired'],
  ['the server’s certificate is not good yet', { leaf: { fromDay: 1 } }, 'the certificate is not good yet'],
  [
    'the server’s certificate is one for clients',
    { leaf: { purposes: [Purpose.CLIENT] } },
    'not one for TLS servers',
  ],
  ['the server’s key may not sign', { leaf: { keyUsage: 'encipher' } }, 'not one for TLS servers'],
  ['the server’s certificate has conditions', { leaf: { criticalOid: '1.2.3.4' } }, 'does not know'],
  ['an authority has expired', { issuer: { untilDay: -0.5 } }, 'CN=Issuer has expired'],
  ['the anchor has expired', { root: { untilDay: -0.5 } }, 'CN=Root has expired'],
  ['an authority is none', { issuer: { isAuthority: false } }, 'CN=Issuer does not let it vouch'],
  ['an authority may not certify', { issuer: { mayCertify: false } }, 'no path of certificates'],
  [
    'an authority is one for clients',
    { issuer: { purposes: [Purpose.CLIENT] } },
    'CN=Issuer does not let it',
  ],
  ['an authority has conditions', { issuer: { criticalOid: '1.2.3.4' } }, 'does not know'],
  ['an authority may have none below it', { root: { pathLength: 0 } }, 'fewer authorities stand below it'],
  ['an authority is limited to other domains', { issuer: { permitted: ['lab.test'] } }, 'these names'],
  ['an authority is kept from the domain', { root: { excluded: ['office.test'] } }, 'these names'],
  ['SHA-1 signs', { leaf: { digest: 'sha1' } }, 'signed in a way that is not safe'],
  ['an authority’s key is short', { issuer: { key: 'RSA-1024' } }, 'too short to be safe'],
])('there is no path where %s', (_, wishes, expected) => {
  expect(throughTwo(wishes)).toContain(expected);
});

test('what limits allow is allowed', () => {
  expect(
    throughTwo({
      root: { pathLength: 1, permitted: ['test'], excluded: ['lab.test'] },
      issuer: { pathLength: 0, permitted: ['office.test', 'lab.test'], purposes: [Purpose.SERVER] },
      leaf: { purposes: [Purpose.CLIENT, Purpose.SERVER], keyUsage: 'any' },
    }),
  ).toBeUndefined();
});

test.each(['P-384', 'P-521', 'Ed25519', 'RSA-2048'] as const)(
  'authorities and servers may have %s keys',
  (key) => {
    expect(throughTwo({ root: { key }, issuer: { key }, leaf: { key } })).toBeUndefined();
  },
);

test('an authority of the same name is not the same authority', () => {
  const leaf = parsed(new TestAuthority('Root').issue({ names: NAMES }));
  const namesake = new TestAuthority('Root').certificate;

  expect(problem({ leaf, pool: [namesake], isAnchor: () => true })).toContain('no path of certificates');
});

test('a path may end with a key that has no certificate', () => {
  const root = new TestAuthority('Root');
  const issuer = root.delegate('Issuer');
  const leaf = parsed(issuer.issue({ names: NAMES }));
  const anchorKeys = [root.certificate.publicKey];

  expect(problem({ leaf, pool: [issuer.certificate], anchorKeys })).toBeUndefined();
  expect(problem({ leaf, pool: [], anchorKeys })).toContain('no path of certificates');
});

test('a certificate that vouches for itself leads nowhere', () => {
  const leaf = parsed(selfSigned({ names: NAMES }));
  expect(problem({ leaf, pool: [leaf], isAnchor: () => true })).toContain('no path of certificates');
});

test('a path that has to lead through an authority does not count without it', () => {
  const root = new TestAuthority('Root');
  const [one, other] = [root.delegate('One'), root.delegate('Other')];
  const search = {
    leaf: parsed(one.issue({ names: NAMES })),
    pool: [one.certificate, other.certificate, root.certificate],
    isAnchor: ({ raw }: X509Certificate) => raw.equals(root.certificate.raw),
  };
  const through = (authority: TestAuthority) =>
    problem({ ...search, isThrough: ({ raw }) => raw.equals(authority.certificate.raw) });

  expect([through(one), through(root)]).toEqual([undefined, undefined]);
  expect(through(other)).toContain('no path of certificates');
});

test('the search ends soon, however many certificates could have issued one another', () => {
  const authority = new TestAuthority('Root');
  const pool = Array.from({ length: 16 }, () => authority.renewed());
  const leaf = parsed(authority.issue({ names: NAMES }));
  let looks = 0;
  const isAnchor = (): boolean => {
    looks += 1;
    return false;
  };

  expect(problem({ leaf, pool, isAnchor })).toContain('no path of certificates');
  expect(looks).toBeLessThanOrEqual(64);
});
