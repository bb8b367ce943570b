import { expect, test } from 'vitest';
import { add, remove } from '../demo/testing/zone-fixture.ts';
import { changeLines, demoServerJson } from './demo-server-output.ts';

test('changes are one line each, but for the serial number of the zone', () => {
  const soa = '@ SOA ns hostmaster 8 1h 10m 1w 10';
  expect(changeLines([remove('a A 192.0.2.1'), add(soa), add('a A 192.0.2.2')])).toBe(
    '- a.office.test. 4500 IN A 192.0.2.1\n+ a.office.test. 4500 IN A 192.0.2.2\n',
  );
  expect(changeLines([add(soa)])).toBe('');
});

test('the JSON has these six keys, files as paths', () => {
  const network = {
    dnsPort: 1,
    pushPort: 2,
    caPath: '/d/ca.pem',
    tsigKeyPath: '/d/tsig.key',
    target: 'push.a.test',
    zones: ['a.test'],
  };
  expect(demoServerJson(network)).toBe(
    '{"dnsPort":1,"pushPort":2,"ca":"/d/ca.pem","tsigKey":"/d/tsig.key","target":"push.a.test","zones":["a.test"]}',
  );
});
