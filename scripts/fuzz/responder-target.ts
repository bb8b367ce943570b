import { Responder } from '../../main/demo/responder.ts';
import { recordText } from '../../main/demo/record-text.ts';
import type { Signature } from '../../main/demo/testing/signing.ts';
import { HMAC_SHA256, KEY_NAME, signedByHand } from '../../main/demo/testing/signing.ts';
import type { ZoneData } from '../../main/demo/zone-file.ts';
import { readRecords, readZoneFile } from '../../main/demo/zone-file.ts';
import type { Zone } from '../../main/demo/zone.ts';
import { Zones } from '../../main/demo/zones.ts';
import { VirtualClock } from '../../main/net/virtual-clock.ts';
import type { Material } from '../../protocol/testing/fuzz/material.ts';
import { readOrRefused } from '../../protocol/testing/fuzz/message-target.ts';
import { mutant } from '../../protocol/testing/fuzz/mutator.ts';
import { anyQuestion, RECORDS } from '../../protocol/testing/fuzz/neighbourhood.ts';
import { messagesTrial } from '../../protocol/testing/fuzz/octets-trial.ts';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { must } from '../../protocol/testing/fuzz/trial.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { emptyMessage, optRecord, readMessage, writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { recordKey } from '../../protocol/wire/record.ts';
import { Opcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';

const ORIGIN = Name.of('example.com');
const SECRET = new Uint8Array(32).fill(7);
const KEY = { name: Name.of('herald-demo'), secret: SECRET };
const EMPTY = new Uint8Array();
/** It stands still. */
const CLOCK = new VirtualClock();
const TTLS = [0, 0, 1, 120, 0x7fffffff, 0x80000000, 0xffffffff];
const ZONE_TEXT = `$ORIGIN example.com.
$TTL 120
@ SOA ns hostmaster 1 300 60 86400 10
@ NS ns
ns A 192.0.2.1
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 h
Laser._ipp._tcp TXT "txtvers=1"
h A 192.0.2.10
alias CNAME h
loop CNAME loop
`;

const ZONE = zoneOf(ZONE_TEXT);

/** Whatever is asked of the name server, it answers or is silent, and its zone stays one. */
export const responderTarget: FuzzTarget = {
  name: 'responder',
  summary: 'the name server answers or is silent, and no update breaks its zone',
  batch: 4096,
  trial: (random, material) => {
    const isStream = random.oneIn(2);
    const signs = random.times(4, () => !random.oneIn(4));
    const messages = random.times(1 + random.below(3), () => anyMessage(random, material));
    return messagesTrial(messages, (all) => checkResponder(all, signs, isStream));
  },
};

function anyMessage(random: Random, material: Material): Uint8Array {
  if (random.oneIn(8)) return mutant(random.pick(material.all), random, material.all);
  const message = writeMessage(random.oneIn(3) ? anyQuery(random) : anyUpdate(random));
  if (random.oneIn(6)) {
    const oddly = signed(message, { macOctets: random.pick([0, 10, 15, 16, 31, 32, 33, 40]) });
    return random.oneIn(2) ? oddly : mutant(oddly, random, material.dns);
  }
  return random.oneIn(2) ? mutant(message, random, material.dns) : message;
}

function anyQuery(random: Random): DnsMessage {
  const options = random.oneIn(2)
    ? [optRecord(random.pick([0, 512, 1232, 4096, 65_535]), random.oneIn(2))]
    : [];
  return { ...emptyMessage(random.below(0x10000)), questions: [anyQuestion(random)], additionals: options };
}

/** In an update the sections are Zone, Prerequisite and Update (RFC 2136 §2). */
function anyUpdate(random: Random): DnsMessage {
  return {
    ...emptyMessage(random.below(0x10000)),
    opcode: Opcode.UPDATE,
    questions: [{ name: ORIGIN, type: RecordType.SOA, class: RecordClass.IN }],
    answers: random.oneIn(4) ? [anyEdit(random)] : [],
    authorities: random.times(random.below(4), () => anyEdit(random)),
  };
}

function anyEdit(random: Random): ResourceRecord {
  const record = random.pick(RECORDS);
  const name = random.oneIn(6) ? ORIGIN : record.name;
  const type = random.oneIn(6)
    ? random.pick([RecordType.SOA, RecordType.NS, RecordType.ANY, RecordType.OPT, RecordType.TSIG])
    : record.type;
  const recordClass = random.pick([1, 1, 1, RecordClass.NONE, RecordClass.ANY]);
  const isBare = recordClass === RecordClass.ANY && !random.oneIn(4);
  const ttlSeconds = recordClass === RecordClass.IN ? random.pick(TTLS) : 0;
  const rdata = isBare || type !== record.type ? EMPTY : record.rdata;
  return { name, type, class: recordClass, ttlSeconds, rdata };
}

function checkResponder(messages: readonly Uint8Array[], signs: readonly boolean[], isStream: boolean): void {
  const zones = new Zones([ZONE]);
  const responder = new Responder(zones, [KEY], CLOCK);
  for (const [at, message] of messages.entries()) {
    const canBeSigned = message.length >= 12 && (message[10]! & message[11]!) !== 0xff; // ARCOUNT goes up by one
    const isSigned = signs[at] === true && canBeSigned;
    const query = isSigned ? signed(message) : message;
    checkResponse(query, responder.respond(query, isStream), isStream);
    checkZone(zones.all[0]!);
  }
}

function zoneOf(text: string): ZoneData {
  const read = readZoneFile(text, 'fuzz.zone');
  if (!read.ok) throw new TypeError(read.message);
  return read.zone;
}

function signed(message: Uint8Array, oddity: Partial<Signature> = {}): Uint8Array {
  const timeSigned = Math.floor(CLOCK.wallMs() / 1000);
  const signature = { keyName: KEY_NAME, algorithm: HMAC_SHA256, secret: SECRET, timeSigned, ...oddity };
  return signedByHand(message, signature);
}

function checkResponse(query: Uint8Array, response: Uint8Array | undefined, isStream: boolean): void {
  const deservesNone = query.length < 12 || query[2]! >= 0x80;
  must(
    (response === undefined) === deservesNone,
    'it answers what deserves no answer, or is silent where it should not',
  );
  if (response === undefined) return;
  const { id, isResponse, opcode } = readMessage(response);
  must(id === ((query[0]! << 8) | query[1]!) && isResponse, 'it answers something else');
  must(opcode === ((query[2]! >>> 3) & 0x0f), 'it answers with another OPCODE');
  const asked = readOrRefused(query, readMessage);
  const hasEdns = asked?.additionals.some(({ type }) => type === RecordType.OPT) === true;
  const limit = isStream ? 0xffff : hasEdns ? 1232 : 512;
  must(response.length <= limit, () => `it answers with ${response.length} octets, over ${limit}`);
}

/** One SOA, at least one NS, nothing beside a CNAME, nothing outside, and everything can be written down. */
function checkZone(zone: Zone): void {
  const { records } = zone;
  const ofType = (wanted: number): number =>
    records.filter(({ name, type }) => type === wanted && name.equals(zone.origin)).length;
  must(
    ofType(RecordType.SOA) === 1 && ofType(RecordType.NS) >= 1,
    'the zone has lost its SOA or its NS records',
  );
  must(zone.size === records.length, `the zone counts ${zone.size} records and has ${records.length}`);
  for (const { name, type, class: recordClass, ttlSeconds } of records) {
    must(name.isWithin(zone.origin), () => `${name.toString()} lies outside the zone`);
    must(
      recordClass === RecordClass.IN && ttlSeconds <= 0x7fffffff,
      'a record has a CLASS or TTL that none has',
    );
    const isAlone = zone.recordsAt(name).length === 1;
    must(type !== RecordType.CNAME || isAlone, () => `${name.toString()} has a CNAME and more`);
  }
  const written = readRecords(records.map(recordText).join('\n'), Name.root, 'written');
  must(written.ok, () => `the zone cannot be written down: ${written.ok ? '' : written.message}`);
  const keys = (all: readonly ResourceRecord[]): string => all.map(recordKey).join('\n');
  must(keys(written.records) === keys(records), 'the zone is written down as another');
}
