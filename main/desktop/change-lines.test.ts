import { expect, test } from 'vitest';
import type { DomainRow, ServiceRow } from '../contract/api.ts';
import { ChangeLines } from './change-lines.ts';

const domain: DomainRow = {
  id: 'office.test',
  name: 'office.test',
  state: 'live',
  step: null,
  reason: null,
  server: 'push.office.test:853',
  trust: null,
  polled: null,
  services: 1,
  sinceMs: 0,
};
const kyoto: ServiceRow = {
  id: 'kyoto',
  domain: 'office.test',
  type: '_ipp._tcp',
  typeName: 'Printer (IPP)',
  category: 'printer',
  instance: 'Kyoto 3F',
  host: 'kyoto.office.test',
  port: 631,
  addresses: ['192.0.2.7'],
  txt: [],
  via: 'push',
  sinceMs: 0,
  changedMs: 0,
};
const services = (put: readonly ServiceRow[], drop: readonly string[] = []) => ({
  revision: 1,
  tables: { services: { put, drop } },
});

test('what is there already is told first, then every change in its own line', () => {
  const lines = new ChangeLines();
  expect(
    lines.first({
      revision: 0,
      tables: { activity: [], domains: [domain], ladders: [], certificates: [], services: [], sessions: [] },
    }),
  ).toEqual(['* office.test is live']);
  expect(lines.next(services([kyoto]))).toEqual([
    '+ Kyoto 3F | Printer (IPP) | office.test | kyoto.office.test:631 192.0.2.7',
  ]);
  expect(lines.next(services([{ ...kyoto, port: 632 }]))).toEqual([
    '~ Kyoto 3F | Printer (IPP) | office.test | kyoto.office.test:632 192.0.2.7',
  ]);
  expect(lines.next(services([], ['kyoto', 'unknown']))).toEqual([
    '- Kyoto 3F | Printer (IPP) | office.test | kyoto.office.test:632 192.0.2.7',
  ]);
});

test('a domain is told of with its reason, and not again for its counts', () => {
  const lines = new ChangeLines();
  const failed: DomainRow = { ...domain, state: 'failed', step: 'tcp', reason: 'Nothing listens there.' };
  const put = (row: DomainRow) => lines.next({ revision: 1, tables: { domains: { put: [row], drop: [] } } });
  expect(put(failed)).toEqual(['* office.test failed (tcp): Nothing listens there.']);
  expect(put({ ...failed, services: 9 })).toEqual([]);
});

test('a service that is not resolved yet says so', () => {
  const half = { ...kyoto, host: null, port: null, addresses: null };
  expect(new ChangeLines().next(services([half]))).toEqual([
    '+ Kyoto 3F | Printer (IPP) | office.test | not resolved yet',
  ]);
});

test('a name cannot steer the terminal or break the line', () => {
  const [line] = new ChangeLines().next(services([{ ...kyoto, instance: '\u001b[2J\nx\u202e' }]));
  expect(line).toContain(String.raw`\u{1b}[2J\u{a}x\u{202e}`);
});
