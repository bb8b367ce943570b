import { ipv4Octets, ipv6Octets } from '../../wire/ip-text.ts';
import { Name } from '../../wire/name.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { RecordClass, RecordType } from '../../wire/registry.ts';
import { octetsOf } from '../../wire/text.ts';

/** A name as it is, or the one that a text spells. */
export type NameLike = Name | string;

/** A record of class IN; without a TTL it lives for two minutes. */
export function record(name: NameLike, type: number, rdata: Uint8Array, ttlSeconds = 120): ResourceRecord {
  return { name: nameOf(name), type, class: RecordClass.IN, ttlSeconds, rdata };
}

/** `name PTR target`. */
export function ptr(name: NameLike, target: NameLike, ttlSeconds?: number): ResourceRecord {
  return record(name, RecordType.PTR, nameOf(target).wire, ttlSeconds);
}

/** `name CNAME target`. */
export function cname(name: NameLike, target: NameLike): ResourceRecord {
  return record(name, RecordType.CNAME, nameOf(target).wire);
}

/** `name SRV priority weight port target`. */
export function srv(name: NameLike, target: NameLike, port = 631, priority = 0, weight = 0): ResourceRecord {
  const numbers = [priority, weight, port].flatMap((value) => [value >>> 8, value & 0xff]);
  return record(name, RecordType.SRV, Uint8Array.from([...numbers, ...nameOf(target).wire]));
}

/** `name TXT strings`. */
export function txt(name: NameLike, ...strings: readonly (string | Uint8Array)[]): ResourceRecord {
  return record(name, RecordType.TXT, txtRdata(...strings));
}

/** RDATA of a TXT record: each string behind its length. */
export function txtRdata(...strings: readonly (string | Uint8Array)[]): Uint8Array {
  const octets = strings.map((string) => (typeof string === 'string' ? octetsOf(string) : string));
  return Uint8Array.from(octets.flatMap((string) => [string.length, ...string]));
}

/** `name A address`. */
export function a(name: NameLike, address: string, ttlSeconds?: number): ResourceRecord {
  return record(name, RecordType.A, ipv4Octets(address) ?? new Uint8Array(), ttlSeconds);
}

/** `name AAAA address`. */
export function aaaa(name: NameLike, address: string): ResourceRecord {
  return record(name, RecordType.AAAA, ipv6Octets(address) ?? new Uint8Array());
}

/** `name type IN?` */
export function question(name: NameLike, type: number): Question {
  return { name: nameOf(name), type, class: RecordClass.IN };
}

function nameOf(name: NameLike): Name {
  return typeof name === 'string' ? Name.of(name) : name;
}
