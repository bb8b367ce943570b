import type { Places } from '../servers/name-servers.ts';
import type { LabZone } from '../zones/lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from '../zones/lab-zone.ts';
import { ONE_PRINTER, pushRecords } from '../zones/push-place.ts';
import { SERVICES_DOMAIN, servicesZone } from '../zones/services-zone.ts';
import { DANE_DOMAINS } from './dane-domains.ts';
import type { IdentityKind, TlsaWish } from './identities.ts';
import { makeIdentity, tlsaRdata } from './identities.ts';
import type { PushDomain } from './push-domain.ts';
import type { PushServers } from './push-servers.ts';
import { REACH_DOMAINS } from './reach-domains.ts';

/** Starts a push server for each domain that has one, and makes the zones that lead to them. */
export async function pushZones(
  servers: PushServers,
  places: Pick<Places, 'authority' | 'authorityTls' | 'nobody'>,
): Promise<readonly LabZone[]> {
  const place = async (origin: string, identity: IdentityKind, tlsa: readonly TlsaWish[]) => {
    const shown = makeIdentity(identity, `push.${origin}`);
    return { port: await servers.listen(shown), tlsa: tlsa.map((wish) => tlsaRdata(wish, shown)) };
  };
  const main = await place(SERVICES_DOMAIN, 'good', [
    ['3 1 1', 'server'],
    ['2 0 1', 'authority'],
  ]);
  const records = async ({ origin, server }: PushDomain): Promise<readonly string[]> => {
    switch (server.kind) {
      case 'push':
        return pushRecords(await place(origin, server.identity, server.tlsa ?? []));
      case 'shared':
        return [`_dns-push-tls._tcp SRV 0 0 ${main.port} push.${SERVICES_DOMAIN}.`];
      case 'name-server':
        return pushRecords({
          port: (server.over === 'tls' ? places.authorityTls : places.authority).port,
          tlsa: [],
        });
      case 'nobody':
        return pushRecords({ port: places.nobody.port, tlsa: [] });
      case 'unnamed':
        return [];
      case 'denied':
        return ['_dns-push-tls._tcp SRV 0 0 0 .'];
    }
  };
  const zones = [servicesZone(main)];
  for (const domain of [...REACH_DOMAINS, ...DANE_DOMAINS]) {
    zones.push(zoneOf(domain, await records(domain)));
  }
  return zones;
}

function zoneOf({ origin, what, isSigned, flaw }: PushDomain, records: readonly string[]): LabZone {
  const verdict = isSigned ? 'secure' : 'insecure';
  return {
    origin,
    what,
    records: [...ONE_PRINTER, ...records],
    signing: isSigned ? PLAIN_SIGNING : undefined,
    delegation: isSigned ? BY_DIGEST : { kind: 'nothing' },
    ...(flaw === undefined ? {} : { flaw }),
    expected: { '@ SOA': verdict, '_ipp._tcp PTR': verdict, '_ipps._tcp PTR': verdict },
  };
}
