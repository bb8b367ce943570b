/** A row of the conformance checklist for push servers, and how it is seen from outside. */
export interface ConformanceRow {
  readonly id: string;
  /** What is required, in a sentence without its full stop. */
  readonly requirement: string;
  readonly section: string;
  /** Each is played on a connection of its own (`play`). */
  readonly scripts?: readonly string[];
  /** The same, for what breaks a rule to see the server's answer: played only when that was asked for. */
  readonly hostile?: readonly string[];
  /** What is wrong with the lines that the server sent in a script; undefined when nothing is. */
  readonly judge?: (lines: readonly string[]) => string | undefined;
  /** What is wrong with any one PUSH that was seen in any row. */
  readonly judgePush?: (bytes: Uint8Array) => string | undefined;
  /** Why it cannot be seen from outside at all. */
  readonly whyNot?: string;
}

/** How each script begins: a session is opened. */
export const OPEN = `
  C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
  S: RESPONSE #1 NOERROR KEEPALIVE inactivity=* keepalive=*
`;

/** How a script shows that nothing else is on its way: what is asked last is answered next. */
export const FENCE = `
  C: KEEPALIVE #99 inactivity=15000 keepalive=3600000
  S: RESPONSE #99 NOERROR KEEPALIVE inactivity=* keepalive=*
`;
