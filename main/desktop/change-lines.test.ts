import { expect, test } from 'vitest';
import type { DomainRow, ServiceRow } from '../contract/api.ts';
import { NO_ROWS, domainRow, printerRow } from '../contract/testing/rows.ts';
import { ChangeLines } from './change-lines.ts';

const domain = domainRow('office.test', { services: 1 });
const kyoto = printerRow({
  id: 'kyoto',
  instance: 'Kyoto 3F',
  host: 'kyoto.office.test',
  addresses: ['192.0.2.7'],
});
const services = (put: readonly ServiceRow[], drop: readonly string[] = []) => ({
  revision: 1,
  tables: { services: { put, drop } },
});

test('what is there already is told first, then every change in its own line', () => {
  const lines = new ChangeLines();
  expect(
    lines.first({
      revision: 0,
      tables: { ...NO_ROWS, domains: [domain] },
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

test('a domain that is held is told of with the reason alone, for it stands at no step', () => {
  const held: DomainRow = { ...domain, state: 'elsewhere', reason: 'Not asked here.' };
  const put = (row: DomainRow) =>
    new ChangeLines().next({ revision: 1, tables: { domains: { put: [row], drop: [] } } });
  expect(put(held)).toEqual(['* office.test is elsewhere: Not asked here.']);
  expect(put({ ...held, state: 'paused' })).toEqual(['* office.test is paused: Not asked here.']);
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
