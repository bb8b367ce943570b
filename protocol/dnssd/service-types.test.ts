import { expect, test } from 'vitest';
import { isPrinterType } from './printer.ts';
import { serviceTypeInfo } from './service-types.ts';

test.each([
  ['_ipp._tcp', 'Printer (IPP)', 'printer'],
  ['_ipps._tcp', 'Printer (IPP over TLS)', 'printer'],
  ['_printer._tcp', 'Printer (LPD)', 'printer'],
  ['_pdl-datastream._tcp', 'Printer (raw, port 9100)', 'printer'],
  ['_SSH._TCP', 'Remote login (SSH)', 'remote'],
  ['_uscans._tcp', 'Scanner (eSCL over TLS)', 'scanner'],
])('the type %s is called %s', (type, name, category) => {
  expect(serviceTypeInfo(type)).toEqual({ name, category });
});

test('a type that nobody knows is called by its type, as published', () => {
  expect(serviceTypeInfo('_Quux._tcp')).toEqual({ name: '_Quux._tcp', category: 'other' });
});

test('a type differs from the same over another transport', () => {
  expect(serviceTypeInfo('_ipp._udp')).toEqual({ name: '_ipp._udp', category: 'other' });
});

test.each(['_ipps._tcp', '_ipp._tcp', '_pdl-datastream._tcp', '_printer._tcp', '_IPP._TCP'])(
  '%s is a way to print',
  (type) => {
    expect(isPrinterType(type)).toBe(true);
    expect(serviceTypeInfo(type).category).toBe('printer');
  },
);

test.each(['_http._tcp', '_uscan._tcp', '_fax-ipp._tcp', '_ipp._udp'])('%s is no way to print', (type) => {
  expect(isPrinterType(type)).toBe(false);
});
