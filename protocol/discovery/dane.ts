import { unreachable } from '../errors.ts';
import type { Certified, Digest, Tlsa } from './tlsa.ts';
import { isAbout, TlsaMatching, TlsaSelector, tlsaText, TlsaUsage } from './tlsa.ts';

/** What a path of certificates may end in besides an authority that is trusted anyway: one that a TLSA record names. */
export type Anchor =
  /** A certificate that the server sent, or that a record holds whole, as DER. */
  | { readonly kind: 'certificate'; readonly certificate: Uint8Array }
  /** A public key that a record holds whole, as DER. */
  | { readonly kind: 'key'; readonly key: Uint8Array };

/**
 * What was found out about the certificates that a server showed, by means that this folder does not have. Problems are
 * clauses: `the certificate has expired`.
 */
export interface Shown {
  /** The server's own certificate first, then what else it sent, in any order. */
  readonly chain: readonly [Certified, ...Certified[]];
  readonly digest: Digest;
  /** What is wrong with the names in the server's certificate, as a clause; undefined when one is the server's. */
  readonly nameProblem: string | undefined;
  /**
   * What is wrong with every path from the server's certificate to an authority that is trusted here and, where `isThrough`
   * is given, through a certificate that it holds for; undefined when there is a valid one.
   */
  readonly publicPathProblem: (isThrough?: (certified: Certified) => boolean) => string | undefined;
  /** What is wrong with every path from the server's certificate to one of these; undefined when there is a valid one. */
  readonly anchoredPathProblem: (anchors: readonly Anchor[]) => string | undefined;
}

/** Whether a server is the one that the TLSA records of its name describe. */
export type DaneVerdict =
  | { readonly kind: 'matched'; readonly record: Tlsa }
  /** It is not, and must not be spoken to, however good its certificate is otherwise (RFC 6698 §4.1). */
  | { readonly kind: 'unmatched'; readonly reason: string };

/** Records that need the least come first; the order decides nothing but which one is told. */
const ORDER: readonly TlsaUsage[] = [
  TlsaUsage.DANE_EE,
  TlsaUsage.PKIX_EE,
  TlsaUsage.DANE_TA,
  TlsaUsage.PKIX_TA,
];

/**
 * Holds the usable TLSA records of a server against the certificates that it showed (RFC 6698 §2.1.1, RFC 7671 §5): one
 * record that fits, with all that its usage demands, is enough. `place` is `push.office.test port 853`.
 */
export function judgeByDane(records: readonly Tlsa[], shown: Shown, place: string): DaneVerdict {
  if (records.length === 0) throw new TypeError('without a usable record there is nothing to judge by');
  const inOrder = records.toSorted((one, other) => ORDER.indexOf(one.usage) - ORDER.indexOf(other.usage));
  const problems: string[] = [];
  for (const record of inOrder) {
    const problem = problemOf(record, shown);
    if (problem === undefined) return { kind: 'matched', record };
    if (problem !== NO_MATCH) problems.push(`The TLSA record ${shortText(record)} is not met: ${problem}.`);
  }
  const what =
    problems[0] ??
    `None of the TLSA records of ${place} fits the certificate that the server shows (${counted(records.length)}).`;
  return { kind: 'unmatched', reason: `${what} ${MEANING}` };
}

const MEANING =
  'The domain says by DNSSEC who its server is, and this is not shown to be the one, so nothing was sent. ' +
  'Who runs the domain has to bring its TLSA records and the server’s certificate in line.';

/** What `problemOf` says of a record that is about none of the certificates. */
const NO_MATCH = '';

/** What keeps a record from vouching for the server, as a clause; undefined when nothing does. */
function problemOf(record: Tlsa, shown: Shown): string | undefined {
  const { chain, digest, nameProblem } = shown;
  const [leaf, ...others] = chain;
  const isRecords = (certified: Certified): boolean => isAbout(record, certified, digest);
  switch (record.usage) {
    case TlsaUsage.DANE_EE:
      // The key is the whole of the identity: names and dates are not looked at (RFC 7671 §5.1).
      return isRecords(leaf) ? undefined : NO_MATCH;
    case TlsaUsage.PKIX_EE:
      return isRecords(leaf) ? (shown.publicPathProblem() ?? nameProblem) : NO_MATCH;
    case TlsaUsage.DANE_TA: {
      const sent = others.filter(isRecords).map(({ certificate }) => anchorOf(certificate));
      const anchors = [...sent, ...ownAnchor(record)];
      if (anchors.length === 0) return NO_MATCH;
      return shown.anchoredPathProblem(anchors) ?? nameProblem;
    }
    case TlsaUsage.PKIX_TA: {
      const problem = shown.publicPathProblem(isRecords);
      if (problem !== undefined && !others.some(isRecords)) return NO_MATCH;
      return problem ?? nameProblem;
    }
    default:
      return unreachable(record.usage);
  }
}

/** A record that holds the authority whole is one even where the server does not send it (RFC 7671 §5.2.2). */
function ownAnchor({ selector, matching, data }: Tlsa): readonly Anchor[] {
  if (matching !== TlsaMatching.FULL) return [];
  return [selector === TlsaSelector.CERTIFICATE ? anchorOf(data) : { kind: 'key', key: data }];
}

function anchorOf(certificate: Uint8Array): Anchor {
  return { kind: 'certificate', certificate };
}

function counted(records: number): string {
  return records === 1 ? 'there is one that can be used' : `there are ${records} that can be used`;
}

/** Enough of a record to tell it from the others. */
function shortText(record: Tlsa): string {
  const text = tlsaText(record);
  return text.length > 24 ? `${text.slice(0, 22)}…` : text;
}
