import type { ServiceRow, TxtValue } from '../contract/api.ts';
import type { RememberedDomain } from '../contract/remembered.ts';
import { serviceTypeInfo } from '../../protocol/dnssd/service-types.ts';

/** What the file of one domain looks like; another form is another version. */
const VERSION = 1;
/** What does not fit in this is left out, the last services first: some 20,000 of them, or fewer that say more. */
export const MAX_FILE_OCTETS = 16_000_000;
/** So many services at a time become text, so that nothing else has to wait for all of them. */
const PIECE = 500;

/**
 * What became of reading a file. `other`: it is of another version or another domain, and of no use here. `unreadable`: it is
 * no such file at all.
 */
export type ReadServices =
  | { readonly kind: 'read'; readonly remembered: RememberedDomain }
  | { readonly kind: 'other' | 'unreadable' };

/** The text of a domain's file, piece by piece. `domain` is the id of its row. */
export function* servicePieces(
  domain: string,
  { asOfMs, services }: RememberedDomain,
): Generator<string, void, void> {
  const head = `${JSON.stringify({ version: VERSION, domain, asOfMs }).slice(0, -1)},"services":[`;
  let octets = Buffer.byteLength(head) + 10;
  yield head;
  for (let at = 0; at < services.length; at += PIECE) {
    let piece = '';
    for (const [index, row] of services.slice(at, at + PIECE).entries()) {
      const line = `${at + index === 0 ? '' : ','}\n${lineOf(row)}`;
      octets += Buffer.byteLength(line);
      if (octets > MAX_FILE_OCTETS) {
        yield `${piece}\n]}\n`;
        return;
      }
      piece += line;
    }
    yield piece;
  }
  yield '\n]}\n';
}

function lineOf(row: ServiceRow): string {
  const { id, type, instance, host, port, addresses, txt, via, sinceMs, changedMs } = row;
  return JSON.stringify({ id, type, instance, host, port, addresses, txt, via, sinceMs, changedMs });
}

/** Reads the text of a domain's file. By hand, since a schema takes several times as long for 10,000 services. */
export function readServices(domain: string, text: string): ReadServices {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isObject(json) || typeof json['version'] !== 'number') return { kind: 'unreadable' };
  if (json['version'] !== VERSION || json['domain'] !== domain) return { kind: 'other' };
  const { asOfMs, services } = json;
  if (!isTime(asOfMs) || !Array.isArray(services)) return { kind: 'unreadable' };
  const rows: ServiceRow[] = [];
  const infoOf = remembering(serviceTypeInfo);
  for (const one of services as readonly unknown[]) {
    const row = serviceOf(domain, one, infoOf);
    if (row === undefined) return { kind: 'unreadable' };
    rows.push(row);
  }
  return { kind: 'read', remembered: { asOfMs, services: rows } };
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
  return { ...known, via, standing, sinceMs, changedMs };
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
