/** Two believable domains, and a third in any state, for looking at the window without a network. */
import type { DomainRow, ServiceCategory, ServiceRow, Snapshot, TxtValue } from '../../main/contract/api.ts';
import { sampleCertificate, sampleTrust } from './sample-certificates.ts';
import { sampleLadder } from './sample-ladders.ts';

type Txt = readonly (readonly [string, TxtValue])[];

const TYPES: Readonly<Record<string, readonly [typeName: string, category: ServiceCategory]>> = {
  '_ipp._tcp': ['Printer (IPP)', 'printer'],
  '_ipps._tcp': ['Printer (IPP over TLS)', 'printer'],
  '_printer._tcp': ['Printer (LPD)', 'printer'],
  '_pdl-datastream._tcp': ['Printer (port 9100)', 'printer'],
  '_uscan._tcp': ['Scanner (eSCL)', 'scanner'],
  '_http._tcp': ['Website', 'web'],
  '_smb._tcp': ['Shared folder (SMB)', 'file'],
  '_ssh._tcp': ['Remote login (SSH)', 'remote'],
  '_airplay._tcp': ['AirPlay', 'media'],
  '_hap._tcp': ['HomeKit accessory', 'home'],
  '_git._tcp': ['Git repository', 'developer'],
  '_frobnicate._udp': ['_frobnicate._udp', 'other'],
};

const PAPER: Txt = [
  ['txtvers', '1'],
  ['pdl', 'application/pdf,image/urf,image/pwg-raster'],
  ['Duplex', 'T'],
];

/** `type | instance | host | port | note`, one service a line, for each domain. */
const LISTS: Readonly<Record<string, string>> = {
  'office.test': `
    _ipp._tcp | Kyoto 3F Colour | kyoto | 631 | 3rd floor, east wing
    _ipp._tcp | Dr. Pepper's “Büro” \\ 2.OG | pepper | 631 | 2nd floor, by the window
    _ipp._tcp | Lab mono | lab-mono | 631 | Basement
    _ipp._tcp | Reception | reception | 631 | Ground floor
    _ipp._tcp | Plotter A0 | plotter | 631 | Drawing office
    _ipp._tcp | Osaka 2F | osaka | 631 | 2nd floor, west wing
    _ipps._tcp | Kyoto 3F Colour | kyoto | 631 | 3rd floor, east wing
    _ipps._tcp | Osaka 2F | osaka | 631 | 2nd floor, west wing
    _ipps._tcp | Human Resources (badge needed) | hr | 443 | 4th floor
    _printer._tcp | Lab mono | lab-mono | 515 | Basement
    _pdl-datastream._tcp | Kyoto 3F Colour | kyoto | 9100 | 3rd floor, east wing
    _uscan._tcp | Kyoto 3F Colour | kyoto | 443 | 3rd floor, east wing
    _uscan._tcp | Reception | reception | 443 | Ground floor
    _http._tcp | Canteen menu | www | 80 |
    _http._tcp | Intranet | www | 80 |
    _http._tcp | Wiki | wiki | 8080 |
    _http._tcp | Room booking | rooms | 8443 |
    _smb._tcp | Projects | filer-1 | 445 |
    _smb._tcp | Archive | filer-2 | 445 |
    _ssh._tcp | build-1 | build-1 | 22 |
    _ssh._tcp | build-2 | build-2 | 22 |
    _ssh._tcp | build-10 | build-10 | 22 |
    _airplay._tcp | Meeting room Fuji | fuji | 7000 |
    _airplay._tcp | Meeting room Hakone | hakone | 7000 |
    _hap._tcp | Blinds south | blinds-s | 51826 |`,
  'lab.test': `
    _ipp._tcp | Zebra label printer | zebra | 631 | Goods in
    _ipp._tcp | Microscope room | micro | 631 | Lab 4
    _ipps._tcp | Microscope room | micro | 631 | Lab 4
    _pdl-datastream._tcp | Zebra label printer | zebra | 9100 | Goods in
    _printer._tcp | Old Faithful | faithful | 515 | Corridor
    _http._tcp | Oscilloscope 1 | scope-1 | 80 |
    _http._tcp | Oscilloscope 2 | scope-2 | 80 |
    _http._tcp | <img src=x onerror=alert(1)> | evil | 80 |
    _http._tcp | \u202egpj.tnemucod | evil | 81 |
    _http._tcp | Freezer −80 °C | freezer | 80 |
    _ssh._tcp | pi-rack-1 | pi-1 | 22 |
    _ssh._tcp | pi-rack-2 | pi-2 | 22 |
    _ssh._tcp | مختبر | mukhtabar | 22 |
    _smb._tcp | Measurements 2026 with a name that is far longer than any column | filer | 445 |
    _git._tcp | firmware.git | git | 9418 |
    _git._tcp | Tools 🛠 | git | 9418 |
    _hap._tcp | Lab lights | lights | 51826 |
    _airplay._tcp | Demo wall | wall | 7000 |
    _frobnicate._udp | Frobnicator | frob | 4242 |
    _uscan._tcp | Zebra label printer | zebra | 443 |`,
};

/** Everything as it stands `nowMs`; services of both domains were there when we began to look. */
export function sampleSnapshot(nowMs: number): Snapshot {
  const services = Object.entries(LISTS).flatMap(([domain, list], site) =>
    list
      .trim()
      .split('\n')
      .map((line, number) => serviceOf(line, domain, site, number, nowMs)),
  );
  const count = (domain: string): number => services.filter((row) => row.domain === domain).length;
  const domains = Object.keys(LISTS).map((domain) => domainOf(domain, count(domain), nowMs));
  return {
    revision: 7,
    tables: {
      activity: [],
      departed: [],
      digests: [],
      favourites: [],
      callouts: [],
      domains,
      ladders: domains.map(sampleLadder),
      certificates: domains.map(sampleCertificate),
      services,
      sessions: Object.keys(LISTS).map((domain) => ({
        id: `ns.${domain}:853`,
        server: `ns.${domain}`,
        port: 853,
        phase: 'established',
        subscriptions: 40,
        sinceMs: nowMs - 60_000,
      })),
    },
  };
}

/** A domain that listing could not be had of. */
export function failedDomain(nowMs: number): DomainRow {
  return {
    ...domainOf('warehouse.example', 0, nowMs),
    state: 'failed',
    trust: null,
    step: 'identity',
    reason:
      'Its certificate is for *.example.net, not push.warehouse.example, so nothing was accepted. Ask its administrator to renew it.',
  };
}

function domainOf(name: string, services: number, nowMs: number): DomainRow {
  const server = `ns.${name}:853`;
  return {
    id: name,
    name,
    state: 'live',
    step: null,
    reason: null,
    server,
    trust: sampleTrust(name),
    polled: null,
    services,
    unconfirmed: 0,
    asOfMs: null,
    settledMs: nowMs - 58_000,
    sinceMs: nowMs - 60_000,
  };
}

function serviceOf(line: string, domain: string, site: number, number: number, nowMs: number): ServiceRow {
  const [type = '', instance = '', host = '', port = '', note = ''] = line
    .split('|')
    .map((field) => field.trim());
  const [typeName, category] = TYPES[type] ?? [type, 'other' as const];
  const isPrinter = category === 'printer';
  const printer: Txt = [
    ...PAPER,
    ['ty', `Ricoh IM C${number}500`],
    ['note', note],
    ['Color', number % 2 ? 'T' : 'F'],
  ];
  const row: ServiceRow = {
    id: `${instance}.${type}.${domain}`.toLowerCase(),
    domain,
    type,
    typeName,
    category,
    instance,
    host: `${host}.${domain}`,
    port: Number(port),
    addresses: [
      `192.0.2.${10 + number + site * 100}`,
      ...(number % 3 ? [] : [`2001:db8:${site}::${number + 10}`]),
    ],
    txt: isPrinter
      ? printer
      : number % 2
        ? [
            ['path', '/index.html'],
            ['flag', true],
            ['blob', { hex: '00ff10a4' }],
          ]
        : [],
    via: 'push',
    standing: 'live',
    details: 'watched',
    sinceMs: nowMs - 59_900,
    changedMs: nowMs - 40_000 + number * 200,
  };
  if (host === 'plotter') return { ...row, host: null, port: null, addresses: null, txt: null };
  if (host === 'wiki') return { ...row, addresses: null };
  return row;
}
