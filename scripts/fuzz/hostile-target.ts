import { Browsing } from '../../main/browse/testing/browsing.ts';
import { octets, WAITS_MS } from '../../protocol/testing/fuzz/client-target.ts';
import type { Material } from '../../protocol/testing/fuzz/material.ts';
import { anyChange } from '../../protocol/testing/fuzz/neighbourhood.ts';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import type { SessionStep } from '../../protocol/testing/fuzz/session-steps.ts';
import { stepsTrial } from '../../protocol/testing/fuzz/session-steps.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { must } from '../../protocol/testing/fuzz/trial.ts';
import { writeDsoMessage } from '../../protocol/dso/message.ts';
import { pushTlv } from '../../protocol/push/tlvs.ts';

const DOMAIN = 'example.com';
const ZONE = `$ORIGIN example.com.
$TTL 120
@ SOA ns hostmaster 1 300 60 86400 10
@ NS ns
ns A 192.0.2.1
push A 192.0.2.2
_dns-push-tls._tcp SRV 0 0 853 push
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 h
h A 192.0.2.10
`;

/** Whatever a server sends, what windows see of it makes sense, and nothing of it is left in the end. */
export const hostileTarget: FuzzTarget = {
  name: 'hostile',
  summary:
    'whatever a server sends to the browsing core, its tables make sense and nothing is left in the end',
  batch: 4096,
  trial: (random, material) => stepsTrial('S', hostileSteps(random, material), checkHostile),
};

function hostileSteps(random: Random, material: Material): readonly SessionStep[] {
  return random.times(1 + random.below(8), (): SessionStep => {
    if (random.oneIn(5)) return { kind: 'wait', ms: random.pick(WAITS_MS.slice(0, -1)) };
    if (random.oneIn(6)) return octets(random, [random.pick(material.all)], material);
    const changes = random.times(1 + random.below(6), () => anyChange(random));
    const push = writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [pushTlv(changes)]);
    return octets(random, [push], material, 4);
  });
}

async function checkHostile(steps: readonly SessionStep[]): Promise<void> {
  const browsing = new Browsing(ZONE);
  const { ether, workspace } = browsing;
  await browsing.watch(DOMAIN);
  for (const step of steps) {
    if (step.kind === 'octets') ether.link.inject(step.octets);
    if (step.kind === 'wait') ether.clock.advance(step.ms);
    await ether.flow();
    checkTables(browsing);
  }
  workspace.execute({ kind: 'remove-domain', id: DOMAIN });
  await ether.pass(1_000);
  const { tables } = workspace.snapshot();
  const left = Object.values(tables).flat().length;
  must(left === 0, `${left} rows are left when nothing is watched`);
  must(ether.clock.waiting === 0, `${ether.clock.waiting} things are waited for when nothing is watched`);
  must((await browsing.end()) === 0, 'something is waited for behind the end');
}

/** Rows can be sent to a window, no two have one id, and a domain has as many services as it says. */
function checkTables(browsing: Browsing): void {
  const { tables } = browsing.workspace.snapshot();
  for (const rows of Object.values(tables)) {
    const ids = new Set(rows.map(({ id }) => id));
    must(ids.size === rows.length, 'two rows have one id');
    must(JSON.stringify(structuredClone(rows)) === JSON.stringify(rows), 'a row does not survive being sent');
  }
  const services = tables.services.filter(({ domain }) => domain === DOMAIN).length;
  must(browsing.domain(DOMAIN)?.services === services, `the domain does not count its ${services} services`);
}
