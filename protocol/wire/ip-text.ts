/** The four octets of an address in dotted decimal, without leading zeros; undefined when the text is none (RFC 6943 §3.1.1). */
export function ipv4Octets(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => IPV4_PART.test(part) && Number(part) <= 255);
  return isAddress ? Uint8Array.from(parts, Number) : undefined;
}

const IPV4_PART = /^(?:0|[1-9]\d{0,2})$/;
const IPV6_GROUP = /^[\da-f]{1,4}$/i;
const IPV6_GROUPS = 8;

/**
 * The sixteen octets of an IPv6 address: groups of hexadecimal digits, one run of zero groups as `::`, the last four
 * octets in dotted decimal if so written; undefined when the text is none, or names a zone (RFC 4291 §2.2).
 */
export function ipv6Octets(text: string): Uint8Array | undefined {
  const [front = '', back, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const frontGroups = groupsOf(front, back === undefined);
  const backGroups = groupsOf(back ?? '', true);
  if (frontGroups === undefined || backGroups === undefined) return undefined;
  const zeros = IPV6_GROUPS - frontGroups.length - backGroups.length;
  if (back === undefined ? zeros !== 0 : zeros < 1) return undefined;
  const groups = [...frontGroups, ...Array.from({ length: zeros }, () => 0), ...backGroups];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 0xff]));
}

/** The groups between single colons; the last may be dotted decimal where the address ends with it. */
function groupsOf(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const dotted = isLast && at === parts.length - 1 ? ipv4Octets(part) : undefined;
    if (dotted !== undefined) groups.push((dotted[0]! << 8) | dotted[1]!, (dotted[2]! << 8) | dotted[3]!);
    else if (IPV6_GROUP.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
