import { run } from '../../main/demo/testing/programs.ts';

/** A service as the zone itself has it, in the words of `browse --json`. */
export interface ZoneService {
  readonly domain: string;
  readonly type: string;
  readonly instance: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly addresses: readonly string[] | null;
  readonly txt: Readonly<Record<string, string | true | { readonly hex: string }>> | null;
}

/** A record as `dig` prints it: the RDATA is still text. */
interface Answer {
  readonly name: string;
  readonly type: string;
  readonly rdata: string;
}

/** One answer line: `name ttl IN type rdata`. */
const ANSWER = /^(\S+)\s+\d+\s+IN\s+(\S+)\s+(.*)$/;

/**
 * Every service of a zone, asked for by `dig` and read by nothing of ours, in the order of `serviceKey`: the truth that
 * the window and the command line are held against.
 */
export async function servicesByDig(dnsPort: number, zone: string): Promise<readonly ZoneService[]> {
  const types = await dig(dnsPort, [`_services._dns-sd._udp.${zone}`, 'PTR']);
  const pointers = await dig(
    dnsPort,
    types.flatMap(({ rdata }) => [rdata, 'PTR']),
  );
  const instances = pointers.map(({ rdata }) => rdata);
  const resolved = await dig(
    dnsPort,
    instances.flatMap((name) => [name, 'SRV', name, 'TXT']),
  );
  const hosts = [...new Set(resolved.filter(({ type }) => type === 'SRV').map(hostOf))];
  const addresses = await dig(
    dnsPort,
    hosts.flatMap((name) => [name, 'A', name, 'AAAA']),
  );
  return pointers
    .map(({ name, rdata }) => serviceOf(zone, name, rdata, [...resolved, ...addresses]))
    .toSorted((a, b) => (serviceKey(a) < serviceKey(b) ? -1 : 1));
}

/** What tells a service from every other. */
export function serviceKey(service: Pick<ZoneService, 'domain' | 'type' | 'instance'>): string {
  return `${service.domain} ${service.type} ${service.instance}`;
}

async function dig(dnsPort: number, questions: readonly string[]): Promise<readonly Answer[]> {
  if (questions.length === 0) return [];
  const { stdout } = await run('dig', [
    ...['@127.0.0.1', '-p', String(dnsPort), '+tcp', '+noall', '+answer', '+tries=1'],
    ...questions,
  ]);
  const answers = stdout.split('\n').flatMap((line) => {
    const [, name, type, rdata] = ANSWER.exec(line) ?? [];
    return name === undefined || type === undefined || rdata === undefined ? [] : [{ name, type, rdata }];
  });
  if (answers.length === 0) throw new Error(`dig found nothing: ${stdout}`);
  return answers;
}

function serviceOf(
  zone: string,
  typeName: string,
  instanceName: string,
  records: readonly Answer[],
): ZoneService {
  const own = records.filter(({ name }) => name === instanceName);
  const srv = own.find(({ type }) => type === 'SRV');
  const txt = own.find(({ type }) => type === 'TXT');
  const host = srv === undefined ? undefined : hostOf(srv);
  const at = (wanted: string): readonly string[] =>
    records.filter(({ name, type }) => name === host && type === wanted).map(({ rdata }) => rdata);
  const addresses = [...at('A').toSorted(), ...at('AAAA').toSorted()];
  return {
    domain: zone,
    type: typeName.slice(0, -zone.length - 2),
    instance: octetsOf(instanceName.slice(0, -typeName.length - 1)).toString(),
    host: host?.slice(0, -1) ?? null,
    port: srv === undefined ? null : Number(srv.rdata.split(' ')[2]),
    addresses: addresses.length === 0 ? null : addresses,
    txt: txt === undefined ? null : txtOf(txt.rdata),
  };
}

function hostOf({ rdata }: Answer): string {
  return rdata.split(' ')[3]!;
}

/** The pairs of a TXT record by RFC 6763 §6.4: `"key=value" "key" "key="`, the first of equal keys counting. */
function txtOf(rdata: string): NonNullable<ZoneService['txt']> {
  const pairs = new Map<string, string | true | { readonly hex: string }>();
  const seen = new Set<string>();
  for (const [, quoted = ''] of rdata.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    const octets = octetsOf(quoted);
    const at = octets.indexOf('='.charCodeAt(0));
    const key = (at === -1 ? octets : octets.subarray(0, at)).toString('latin1');
    if (key === '' || seen.has(key.toLowerCase())) continue;
    seen.add(key.toLowerCase());
    const value = octets.subarray(at + 1);
    pairs.set(key, at === -1 ? true : isUtf8(value) ? value.toString() : { hex: value.toString('hex') });
  }
  return Object.fromEntries(pairs);
}

/** The octets behind text with escapes, `\DDD` and `\.` (RFC 1035 §5.1). */
function octetsOf(escaped: string): Buffer {
  const parts = escaped.match(/\\\d{3}|\\.|[^\\]+/g) ?? [];
  return Buffer.concat(
    parts.map((part) =>
      /^\\\d{3}$/.test(part)
        ? Buffer.of(Number(part.slice(1)))
        : Buffer.from(part.startsWith('\\') ? part.slice(1) : part),
    ),
  );
}

function isUtf8(octets: Buffer): boolean {
  return Buffer.from(octets.toString()).equals(octets);
}
