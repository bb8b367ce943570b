import { findAddresses } from '../../discovery/addresses.ts';
import type { Procedure, Reply } from '../../discovery/procedure.ts';
import { findServers, orderServers } from '../../discovery/servers.ts';
import { findZone } from '../../discovery/zone-cut.ts';
import { a, aaaa, cname, record, srv } from '../../dnssd/testing/records.ts';
import { ipv4Octets, ipv6Octets } from '../../wire/ip-text.ts';
import { emptyMessage, readMessage, writeMessage } from '../../wire/message.ts';
import { Name } from '../../wire/name.ts';
import { RecordType } from '../../wire/registry.ts';
import type { Material } from './material.ts';
import { readOrRefused } from './message-target.ts';
import { mutant } from './mutator.ts';
import { messagesTrial } from './octets-trial.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './trial.ts';
import { must } from './trial.ts';

const NAME = Name.of('_ipp._tcp.a.example.com');
const DOMAIN = Name.of('a.example.com');
/** No climb has more steps than a name has labels, no chain of aliases more than a few, and both are short. */
const MAX_ROUNDS = 40;

const SOA_RDATA = Uint8Array.of(0, 0, ...new Uint8Array(16), 0, 0, 0, 10);
const RECORDS = [
  ...['example.com', 'a.example.com', 'com', '.', 'other.example', '_tcp.a.example.com'].map((owner) =>
    record(owner, RecordType.SOA, SOA_RDATA),
  ),
  ...['push.example.com', '.', 'alias.example.com'].map((target) =>
    srv('_dns-push-tls._tcp.example.com', target, 853),
  ),
  srv('_dns-push-tls._tcp.a.example.com', 'push.example.com', 0, 1, 2),
  srv('_dns-push-tls._tcp.a.example.com', 'push.example.com', 853, 1, 2),
  cname('_dns-push-tls._tcp.example.com', '_dns-push-tls._tcp.a.example.com'),
  cname('alias.example.com', 'push.example.com'),
  cname('push.example.com', 'alias.example.com'),
  cname('_ipp._tcp.a.example.com', 'other.example'),
  a('push.example.com', '192.0.2.1'),
  aaaa('push.example.com', '2001:db8::1'),
  record('push.example.com', RecordType.A, new Uint8Array(3)),
];

/** Whatever resolvers answer, discovery ends, and with something that can be used or said. */
export const discoveryTarget: FuzzTarget = {
  name: 'discovery',
  summary: 'whatever resolvers answer, discovery ends with servers and addresses or a sentence why not',
  batch: 4096,
  trial: (random, material) => {
    const answers = random.times(1 + random.below(5), () => anyAnswer(random, material));
    return messagesTrial(answers, checkDiscovery);
  },
};

function anyAnswer(random: Random, material: Material): Uint8Array {
  if (random.oneIn(12)) return random.pick(material.all);
  const some = (limit: number) => random.times(random.below(limit), () => random.pick(RECORDS));
  const message = writeMessage({
    ...emptyMessage(1),
    isResponse: true,
    rcode: random.oneIn(3) ? random.pick([1, 2, 3, 3, 3, 5]) : 0,
    answers: some(4),
    authorities: some(3),
    additionals: some(3),
  });
  return random.oneIn(2) ? mutant(message, random, material.dns) : message;
}

function checkDiscovery(answers: readonly Uint8Array[]): void {
  const replies = answers.map((octets): Reply => {
    const message = readOrRefused(octets, readMessage);
    return message === undefined ? { kind: 'failed', reason: 'It is broken.' } : { kind: 'answer', message };
  });
  if (replies.length === 0) return;
  const cut = result(findZone(NAME, DOMAIN), replies);
  must(
    cut.kind === 'found' ? NAME.isWithin(cut.zone) : cut.reason.length > 0,
    'a zone does not hold its name',
  );
  const servers = result(findServers(cut.kind === 'found' ? cut.zone : DOMAIN), replies);
  if (servers.kind === 'found') {
    must(servers.ttlSeconds >= 0, `servers may be used for ${servers.ttlSeconds} s`);
    const ordered = orderServers(servers.srvs, () => 0.999);
    must(ordered.length === servers.srvs.length && ordered.length > 0, 'servers are lost in their order');
    must(
      ordered.every(({ port, target }) => port > 0 && !target.isRoot),
      'a server is none',
    );
    for (const texts of servers.addresses.values()) checkAddresses(texts);
  } else {
    must(servers.reason.length > 0, 'nobody is told why there is no server');
  }
  const addresses = result(findAddresses(Name.of('push.example.com')), replies);
  if (addresses.kind === 'found') checkAddresses(addresses.addresses);
  else must(addresses.reason.length > 0, 'nobody is told why there is no address');
}

function checkAddresses(texts: readonly string[]): void {
  must(texts.length > 0, 'no address is found');
  for (const text of texts) {
    must((ipv4Octets(text) ?? ipv6Octets(text)) !== undefined, () => `"${text}" is no address`);
  }
}

/** Drives a procedure with the same few replies over and over. */
function result<Result>(procedure: Procedure<Result>, replies: readonly Reply[]): Result {
  let asked = 0;
  let step = procedure.next();
  for (let rounds = 0; step.done !== true; rounds++) {
    must(rounds < MAX_ROUNDS, 'it asks without end');
    step = procedure.next(step.value.map(() => replies[asked++ % replies.length]!));
  }
  return step.value;
}
