/** The browser window on a fake: `/dev/` of the development server. `#many` shows 10 000 services, `#failed` a third domain. */
import type { ServiceRow, Snapshot } from '../../main/contract/api.ts';
import { mountBrowser } from '../mount.tsx';
import { fakeApi } from './fake-api.ts';
import type { FakeApi } from './fake-api.ts';
import { sampleCertificate } from './sample-certificates.ts';
import { sampleLadder } from './sample-ladders.ts';
import { failedDomain, sampleSnapshot } from './sample.ts';

declare global {
  interface Window {
    /** The fake, for the console. */
    fake?: FakeApi;
  }
}

const MANY = 10_000;

const root = document.getElementById('root');
if (root === null) throw new TypeError('no root');
window.fake = fakeApi(sample(location.hash, sampleSnapshot(Date.now())));
mountBrowser(root, window.fake);

function sample(hash: string, snapshot: Snapshot): Snapshot {
  const { domains, services } = snapshot.tables;
  if (hash === '#empty')
    return {
      ...snapshot,
      tables: {
        activity: [],
        domains: [],
        ladders: [],
        certificates: [],
        services: [],
        sessions: [],
        departed: [],
        digests: [],
        favourites: [],
        callouts: [],
      },
    };
  if (hash === '#failed') {
    const failed = failedDomain(Date.now());
    const ladders = [...snapshot.tables.ladders, sampleLadder(failed)];
    const certificates = [...snapshot.tables.certificates, sampleCertificate(failed)];
    return {
      ...snapshot,
      tables: { ...snapshot.tables, domains: [...domains, failed], ladders, certificates },
    };
  }
  if (hash !== '#many') return snapshot;
  const many = Array.from({ length: MANY }, (_, number): ServiceRow | undefined => {
    const like = services[number % services.length];
    return like && { ...like, id: `${number} ${like.id}`, instance: `${like.instance} ${number}` };
  });
  return { ...snapshot, tables: { ...snapshot.tables, services: many.filter((row) => row !== undefined) } };
}
