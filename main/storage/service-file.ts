import type { ServiceRow, TxtValue } from '../contract/api.ts';
import type { RememberedDomain } from '../contract/remembered.ts';
import { serviceTypeInfo } from '../../protocol/dnssd/service-types.ts';

/** What the file of one domain looks like; another form is another version. */
const VERSION = 1;
/** What does not fit in this is left out, the last services first: some 20,000 of them, or fewer that say more. */
export const MAX_FILE_OCTETS = 16_000_000;
/** What stands between what is said of the domain and the lines of its services, and behind those. */
const HEAD_END = ',"services":[';
const FOOT = '\n]}\n';
/** So many services at a time become text or are read from it, so that nothing else has to wait for all of them. */
const PIECE = 500;

/**
 * What became of reading a file. `other`: it is of another version or another domain, and of no use here. `unreadable`: it is
 * no such file at all. A piece that turns out to be none is undefined, and the last.
 */
export type ReadServices =
  | {
      readonly kind: 'read';
      readonly asOfMs: number;
      readonly pieces: Generator<readonly ServiceRow[] | undefined, void>;
    }
  | { readonly kind: 'other' | 'unreadable' };

/** The text of a domain's file, piece by piece. `domain` is the id of its row. */
export function* servicePieces(
  domain: string,
  { asOfMs, services }: RememberedDomain,
): Generator<string, void, void> {
  const head = `${JSON.stringify({ version: VERSION, domain, asOfMs }).slice(0, -1)}${HEAD_END}`;
  let octets = Buffer.byteLength(head) + 10;
  yield head;
  for (let at = 0; at < services.length; at += PIECE) {
    let piece = '';
    for (const [index, row] of services.slice(at, at + PIECE).entries()) {
      const line = `${at + index === 0 ? '' : ','}\n${lineOf(row)}`;
      octets += Buffer.byteLength(line);
      if (octets > MAX_FILE_OCTETS) {
        yield `${piece}${FOOT}`;
        return;
      }
      piece += line;
    }
    yield piece;
  }
  yield FOOT;
}

function lineOf(row: ServiceRow): string {
  const { id, type, instance, host, port, addresses, txt, via, sinceMs, changedMs } = row;
  return JSON.stringify({ id, type, instance, host, port, addresses, txt, via, sinceMs, changedMs });
}

/** Reads the text of a domain's file. By hand, since a schema takes several times as long for 10,000 services. */
export function readServices(domain: string, text: string): ReadServices {
  const headEnd = text.indexOf(HEAD_END);
  const head = headEnd < 0 || !text.endsWith(FOOT) ? undefined : parsed(`${text.slice(0, headEnd)}}`);
  if (!isObject(head) || typeof head['version'] !== 'number') return { kind: 'unreadable' };
  if (head['version'] !== VERSION || head['domain'] !== domain) return { kind: 'other' };
  const { asOfMs } = head;
  if (!isTime(asOfMs)) return { kind: 'unreadable' };
  const lines = text.slice(headEnd + HEAD_END.length, -FOOT.length);
  return { kind: 'read', asOfMs, pieces: readPieces(domain, lines) };
}

/** Reads the lines of services, each of which begins with a line feed and ends in a comma but for the last. */
function* readPieces(domain: string, lines: string): Generator<readonly ServiceRow[] | undefined, void> {
  const infoOf = remembering(serviceTypeInfo);
  for (let from = 0; from < lines.length;) {
    const to = endOfPiece(lines, from);
    const json = parsed(`[${lines.slice(from, to).replace(/,$/, '')}]`);
    const services: readonly unknown[] = Array.isArray(json) ? json : [undefined];
    const rows = services.map((one) => serviceOf(domain, one, infoOf)).filter((row) => row !== undefined);
    yield rows.length === services.length ? rows : undefined;
    if (rows.length < services.length) return;
    from = to;
  }
}

/** Where the line behind those of a piece begins. */
function endOfPiece(lines: string, from: number): number {
  let at = from;
  for (let count = 0; count < PIECE && at >= 0; count += 1) at = lines.indexOf('\n', at + 1);
  return at < 0 ? lines.length : at;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function serviceOf(domain: string, raw: unknown, infoOf: typeof serviceTypeInfo): ServiceRow | undefined {
  if (!isObject(raw)) return undefined;
  const { id, type, instance, host, port, addresses, txt, via, sinceMs, changedMs } = raw;
  if (!isText(id) || !isText(type) || !isText(instance) || (via !== 'push' && via !== 'poll'))
    return undefined;
  if (!isTime(sinceMs) || !isTime(changedMs)) return undefined;
  if ((host !== null && !isText(host)) || (port !== null && !isPort(port))) return undefined;
  if (addresses !== null && !isTextList(addresses)) return undefined;
  if (txt !== null && !isTxt(txt)) return undefined;
  const { name: typeName, category } = infoOf(type);
  const standing = 'cached';
  const known = { id, domain, type, typeName, category, instance, host, port, addresses, txt };
  const details = host === null && addresses === null && txt === null ? 'unasked' : 'remembered';
  return { ...known, via, standing, details, sinceMs, changedMs };
}

/** The same function, asked once for each text: the types of services are few. */
function remembering<Value>(find: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text) ?? find(text);
    known.set(text, value);
    return value;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isTxt(value: unknown): value is readonly (readonly [string, TxtValue])[] {
  return Array.isArray(value) && value.every(isPair);
}

function isPair(value: unknown): value is readonly [string, TxtValue] {
  if (!Array.isArray(value) || value.length !== 2 || !isText(value[0])) return false;
  const second: unknown = value[1];
  return isText(second) || second === true || (isObject(second) && isText(second['hex']));
}
