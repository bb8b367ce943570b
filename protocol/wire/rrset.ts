import { rdataKey } from './rdata.ts';

/**
 * The records of one name, TYPE and CLASS, or whatever stands for them (RFC 2181 §5): one for each RDATA, as `rdataKey`
 * has it. Most sets have one member, which is held bare; a browse name's has as many as a domain has services, and
 * finding one among them costs the same.
 */
export class RrSet<Member extends { readonly rdata: Uint8Array }> {
  readonly type: number;
  readonly class: number;
  #members: Member | Map<string, Member> | undefined;

  constructor(type: number, recordClass: number) {
    this.type = type;
    this.class = recordClass;
  }

  get isEmpty(): boolean {
    return this.#members === undefined;
  }

  /** The only member, where there is one and no more. */
  get sole(): Member | undefined {
    return this.#members instanceof Map ? undefined : this.#members;
  }

  /** All members, in the order in which they were added. */
  get members(): Iterable<Member> {
    if (this.#members === undefined) return [];
    return this.#members instanceof Map ? this.#members.values() : [this.#members];
  }

  /** The member whose RDATA means the same. */
  find(rdata: Uint8Array): Member | undefined {
    if (this.#members === undefined) return undefined;
    if (this.#members instanceof Map) return this.#members.get(rdataKey(this.type, rdata));
    return isSameRdata(this.type, this.#members.rdata, rdata) ? this.#members : undefined;
  }

  /** Adds a member; none with the same RDATA may be in the set. */
  add(member: Member): void {
    const members = this.#members;
    if (members === undefined) {
      this.#members = member;
    } else {
      this.#members = members instanceof Map ? members : new Map([[this.#keyOf(members), members]]);
      this.#members.set(this.#keyOf(member), member);
    }
  }

  /** Takes a member out, if it is in. */
  delete(member: Member): void {
    if (this.#members instanceof Map) {
      this.#members.delete(this.#keyOf(member));
      if (this.#members.size === 0) this.#members = undefined;
    } else if (this.#members === member) {
      this.#members = undefined;
    }
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
