import type { Srv } from '../wire/rdata.ts';
import { RecordType } from '../wire/registry.ts';
import { addressTexts } from './addresses.ts';
import type { NameGraph } from './name-graph.ts';
import type { Instance, NameNode } from './name-node.ts';
import type { MissingRecord, Service } from './service.ts';
import { chooseSrv, isEndpoint } from './service.ts';
import type { Txt } from './txt.ts';

const NOWHERE: readonly never[] = [];

/** The records that a service takes from its own name, and those from the name of its host. */
const OWN = [RecordType.SRV, RecordType.TXT, RecordType.CNAME];
const HOST = [RecordType.A, RecordType.AAAA, RecordType.CNAME];

interface Missing {
  readonly withoutSrv: readonly MissingRecord[];
  readonly withoutAddress: readonly MissingRecord[];
  readonly nothing: readonly MissingRecord[];
}

/** All that can be missing, made once: there is a list of it in every service. */
const WITH_TXT: Missing = { withoutSrv: ['SRV', 'address'], withoutAddress: ['address'], nothing: [] };
const WITHOUT_TXT: Missing = {
  withoutSrv: ['SRV', 'TXT', 'address'],
  withoutAddress: ['TXT', 'address'],
  nothing: ['TXT'],
};

/**
 * Works a service out from the records there are, following aliases of the instance and of its host, and lets the
 * instance need what could change it: that much and no more (RFC 6763 §5, §6).
 */
export function resolvedService(instance: Instance, graph: NameGraph): Service {
  const { name, parts } = instance.identity;
  const isListingVouched = instance.listedBy.some((pointer) => pointer.isVouched);
  const { chain, hostChain } = instance;
  graph.resolve(instance, graph.chain(chain[0] ?? graph.node(name), chain));
  const srv = srvOf(instance.chain);
  const endpoint = srv !== undefined && isEndpoint(srv) ? srv : undefined;
  graph.locate(
    instance,
    endpoint === undefined ? NOWHERE : graph.chain(graph.node(endpoint.target), hostChain),
  );
  const addresses = addressesOf(instance.hostChain);
  const txt = instance.chain.find((node) => node.txt !== undefined)?.txt;
  return {
    name,
    instanceLabel: parts.label,
    type: parts.type,
    domain: parts.domain,
    srv,
    host: endpoint?.target,
    port: endpoint?.port,
    addresses,
    txt,
    missing: missingOf(srv, addresses, txt),
    isLookedAt: true,
    isListingVouched,
    isVouched: isListingVouched && isResolutionVouched(instance),
  };
}

/** A service that nobody looks at, which so needs nothing: what a PTR record says of it and no more (RFC 8765 §3). */
export function listedService(instance: Instance, graph: NameGraph): Service {
  const { name, parts } = instance.identity;
  graph.resolve(instance, NOWHERE);
  graph.locate(instance, NOWHERE);
  const isListingVouched = instance.listedBy.some((pointer) => pointer.isVouched);
  return {
    name,
    instanceLabel: parts.label,
    type: parts.type,
    domain: parts.domain,
    srv: undefined,
    host: undefined,
    port: undefined,
    addresses: NOWHERE,
    txt: undefined,
    missing: WITHOUT_TXT.withoutSrv,
    isLookedAt: false,
    isListingVouched,
    isVouched: isListingVouched,
  };
}

/** Of several records that could count, each in doubt puts the service in doubt: who knows which of them are left. */
function isResolutionVouched({ chain, hostChain }: Instance): boolean {
  return chain.every((node) => node.isVouched(OWN)) && hostChain.every((node) => node.isVouched(HOST));
}

function srvOf(chain: readonly NameNode[]): Srv | undefined {
  if (chain.length === 1) return chain[0]!.srv;
  return chooseSrv(chain.map((node) => node.srv).filter((srv) => srv !== undefined));
}

function addressesOf(chain: readonly NameNode[]): readonly string[] {
  if (chain.length === 1) return chain[0]!.addresses;
  return addressTexts(chain.flatMap((node) => node.addressRecords));
}

function missingOf(
  srv: Srv | undefined,
  addresses: readonly string[],
  txt: Txt | undefined,
): readonly MissingRecord[] {
  const missing = txt === undefined ? WITHOUT_TXT : WITH_TXT;
  if (srv === undefined) return missing.withoutSrv;
  // Where there is nothing to connect to, no address is wanting.
  return addresses.length === 0 && isEndpoint(srv) ? missing.withoutAddress : missing.nothing;
}
