import { rdataKey } from './rdata.ts';

/** Up to this many members are compared one by one, which is faster than making keys of their RDATA. */
const MAX_LISTED = 8;

/**
 * The records of one name, TYPE and CLASS, or whatever stands for them (RFC 2181 §5): one for each RDATA, as `rdataKey`
 * has it. Most sets have one member, which is held bare; a browse name's has as many as a domain has services, and
 * finding one among them costs the same.
 */
export class RrSet<Member extends { readonly rdata: Uint8Array }> {
  readonly type: number;
  readonly class: number;
  #sole: Member | undefined;
  /** All members, where there are two or more. */
  #several: Member[] | Map<string, Member> | undefined;

  constructor(type: number, recordClass: number) {
    this.type = type;
    this.class = recordClass;
  }

  get isEmpty(): boolean {
    return this.#sole === undefined && this.#several === undefined;
  }

  /** The only member, where there is one and no more. */
  get sole(): Member | undefined {
    return this.#sole;
  }

  /** All members, in no order to rely on. */
  get members(): Iterable<Member> {
    if (this.#sole !== undefined) return [this.#sole];
    return this.#several?.values() ?? [];
  }

  /** The member whose RDATA means the same. */
  find(rdata: Uint8Array): Member | undefined {
    if (this.#sole !== undefined)
      return isSameRdata(this.type, this.#sole.rdata, rdata) ? this.#sole : undefined;
    if (this.#several instanceof Map) return this.#several.get(rdataKey(this.type, rdata));
    return this.#several?.find((member) => isSameRdata(this.type, member.rdata, rdata));
  }

  /** Adds a member; none with the same RDATA may be in the set. */
  add(member: Member): void {
    if (this.isEmpty) {
      this.#sole = member;
      return;
    }
    this.#several ??= this.#sole === undefined ? [] : [this.#sole];
    this.#sole = undefined;
    if (this.#several instanceof Map) this.#several.set(this.#keyOf(member), member);
    else if (this.#several.push(member) > MAX_LISTED) this.#several = this.#indexed(this.#several);
  }

  /** Takes a member out, if it is in. */
  delete(member: Member): void {
    if (this.#several instanceof Map) {
      this.#several.delete(this.#keyOf(member));
      if (this.#several.size === 1) this.#keep([...this.#several.values()]);
    } else if (this.#several !== undefined) {
      this.#keep(this.#several.filter((one) => one !== member));
    } else if (this.#sole === member) {
      this.#sole = undefined;
    }
  }

  #keep(members: Member[]): void {
    this.#sole = members.length === 1 ? members[0] : undefined;
    this.#several = members.length === 1 ? undefined : members;
  }

  #indexed(members: readonly Member[]): Map<string, Member> {
    return new Map(members.map((member) => [this.#keyOf(member), member]));
  }

  #keyOf(member: Member): string {
    return rdataKey(this.type, member.rdata);
  }
}

/** Whether two RDATA of one type mean the same, as `rdataKey` has it, decided at the first octet that says no. */
function isSameRdata(type: number, one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let identical = true;
  for (let at = 0; at < one.length; at++) {
    const difference = one[at]! ^ other[at]!;
    if (difference === 0) continue;
    if (difference !== 0x20) return false; // no two octets that differ elsewhere are cases of one letter
    identical = false;
  }
  return identical || rdataKey(type, one) === rdataKey(type, other);
}
