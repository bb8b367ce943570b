/**
 * The peer broke a rule. Thrown where the rule is applied and caught once, in `DsoSession.receive`, which aborts the
 * session (RFC 8490 §5.3); a resolver that meets one ignores the message.
 */
export class ProtocolError extends Error {
  /** Where the rule stands: `RFC 8765 §6.3.1`. */
  readonly section: string;
  /** The octet of the message at which it was broken, counted from the DNS header, where one can be named. */
  readonly offset: number | undefined;

  /** `problem` says what was wrong in the words of the section, without the section itself. */
  constructor(section: string, problem: string, offset?: number) {
    super(`${problem} (${section})`);
    this.name = 'ProtocolError';
    this.section = section;
    this.offset = offset;
  }
}

/** Ends a `switch` over a union: it does not compile while a case is missing, and throws should one turn up at run time. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}
