import type { LabZone } from './lab-zone.ts';
import { BY_DIGEST, PLAIN_SIGNING } from './lab-zone.ts';
import type { PushPlace } from './push-place.ts';
import { pushRecords } from './push-place.ts';
import { everywhere, ORDINARY_RECORDS } from './ordinary-records.ts';

/** The domain of the lab in which all is as it should be. */
export const SERVICES_DOMAIN = 'example.lab';

/** Services with all that names may hold (RFC 6763 §4.1.1): dots, spaces, UTF-8, backslashes, quotation marks, parentheses. */
const SERVICES: readonly string[] = [
  ...['b', 'db', 'r', 'dr', 'lb'].map((list) => `${list}._dns-sd._udp PTR @`),
  '_services._dns-sd._udp PTR _ipp._tcp',
  '_services._dns-sd._udp PTR _ipps._tcp',
  '_services._dns-sd._udp PTR _http._tcp',
  String.raw`_ipp._tcp PTR Bob\.s\032Printer._ipp._tcp`,
  String.raw`_ipp._tcp PTR B\195\188ro\032\0402.\032OG\041._ipp._tcp`,
  String.raw`_universal._sub._ipp._tcp PTR Bob\.s\032Printer._ipp._tcp`,
  String.raw`_ipps._tcp PTR Bob\.s\032Printer._ipps._tcp`,
  String.raw`_http._tcp PTR Back\\slash\032\"q\"._http._tcp`,
  String.raw`Bob\.s\032Printer._ipp._tcp SRV 0 0 8631 printer1`,
  String.raw`Bob\.s\032Printer._ipp._tcp TXT "txtvers=1" "rp=ipp/print" "ty=Acme" "pdl=application/pdf,image/urf" "note=2nd floor"`,
  String.raw`B\195\188ro\032\0402.\032OG\041._ipp._tcp SRV 0 0 8632 printer2`,
  String.raw`B\195\188ro\032\0402.\032OG\041._ipp._tcp TXT "txtvers=1" "rp=ipp/print" "bin=\000\255"`,
  String.raw`Bob\.s\032Printer._ipps._tcp SRV 0 0 8633 printer1`,
  String.raw`Bob\.s\032Printer._ipps._tcp TXT "txtvers=1" "rp=ipp/print"`,
  String.raw`Back\\slash\032\"q\"._http._tcp SRV 0 0 8080 www`,
  String.raw`Back\\slash\032\"q\"._http._tcp TXT ""`,
  'printer1 A 192.0.2.31',
  'printer1 AAAA 2001:db8::31',
  'printer2 A 192.0.2.32',
];

/** `example.lab`: signed, its push server found by SRV, certified by TLSA, and with the same services as DNS has. */
export function servicesZone(push: PushPlace): LabZone {
  return {
    origin: SERVICES_DOMAIN,
    what: 'DNS-SD with a push server behind SRV and TLSA records',
    records: [...ORDINARY_RECORDS, ...SERVICES, ...pushRecords(push)],
    signing: PLAIN_SIGNING,
    delegation: BY_DIGEST,
    expected: everywhere('secure', {
      '_dns-push-tls._tcp SRV': 'secure',
      'push A': 'secure',
      [`_${push.port}._tcp.push TLSA`]: 'secure',
      '_services._dns-sd._udp PTR': 'secure',
      '_ipp._tcp PTR': 'secure',
      [String.raw`Bob\.s\032Printer._ipp._tcp SRV`]: 'secure',
      [String.raw`Back\\slash\032\"q\"._http._tcp TXT`]: 'secure',
      [String.raw`B\195\188ro\032\0402.\032OG\041._ipp._tcp TXT`]: 'secure',
      [String.raw`nobody\.s\032Printer._ipp._tcp SRV`]: 'secure',
    }),
  };
}
