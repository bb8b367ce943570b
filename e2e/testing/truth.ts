import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Demo } from './demo.ts';
import type { ShownService } from './service-list.ts';
import { shownServices } from './service-list.ts';
import type { ZoneService } from './zone-by-dig.ts';
import { serviceKey, servicesByDig } from './zone-by-dig.ts';

/** Everything that the zones of a demo network list, in the order of `byKey`. */
export async function truthOf({ network }: Demo): Promise<readonly ZoneService[]> {
  const zones = await Promise.all(network.zones.map((zone) => servicesByDig(network.dnsPort, zone)));
  return zones.flat().toSorted(byKey);
}

/** An order of services that has nothing to do with how they are listed. */
export function byKey(a: Parameters<typeof serviceKey>[0], b: Parameters<typeof serviceKey>[0]): number {
  return serviceKey(a) < serviceKey(b) ? -1 : 1;
}

/** Waits until a window that shows all its lines shows these services, word by word, and no other. */
export async function expectShown(page: Page, truth: readonly ZoneService[]): Promise<void> {
  await expect
    .poll(async () => (await shownServices(page)).toSorted(byKey))
    .toEqual(truth.map(asShown).toSorted(byKey));
}

/** What a line of the window says of a service. */
function asShown({ domain, type, instance, host, port, addresses }: ZoneService): ShownService {
  const [first = '', ...more] = addresses ?? [];
  const address = more.length === 0 ? first : `${first} +${more.length}`;
  return { domain, type, instance, host: host ?? '', port: String(port ?? ''), address };
}
