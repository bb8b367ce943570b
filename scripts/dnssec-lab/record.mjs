/**
 * Records what BIND answers about a small tree of signed zones, good and broken ones, for the tests of the validator:
 * `node scripts/dnssec-lab/record.mjs` writes protocol/dnssec/testing/lab.hex. Needs the Debian packages bind9 and bind9-utils. The
 * keys are made anew and thrown away, so every recording differs; the signatures count from 2026 to 2036.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parentOf, questions, ZONES } from './zones.mjs';

/** @typedef {import('./zones.mjs').Zone} Zone */

const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-dnssec-'));
const TYPES = {
  A: 1,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  DS: 43,
  DNSKEY: 48,
  CNAME: 5,
  PTR: 12,
  TLSA: 52,
};

function dsOf(/** @type {string} */ zone, digest = '-2') {
  return keyFiles(zone)
    .map((file) => tool('dnssec-dsfromkey', [digest, file]))
    .join('');
}

function keyFiles(/** @type {string} */ zone) {
  const prefix = `K${zone}.+`;
  return fs
    .readdirSync(folder)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.key'))
    .map((file) => path.join(folder, file));
}

function tool(/** @type {string} */ name, /** @type {readonly string[]} */ args) {
  const { status, stdout, stderr } = spawnSync(name, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function writeZone(/** @type {Zone} */ zone) {
  const {
    name,
    algorithm,
    nsec3 = [],
    records = '',
    start = '20260101000000',
    end = '20360101000000',
  } = zone;
  const file = path.join(folder, `${name || 'root'}.zone`);
  const children = ZONES.filter((child) => child !== zone && parentOf(child.name) === name);
  const delegations = children.map((child) => {
    const { mendDs = (/** @type {string} */ text) => text, digest = '-2' } = child;
    return `${child.name}. NS ns.lab.\n${mendDs(dsOf(child.name, digest))}`;
  });
  const glue = name === 'lab' ? 'ns A 127.0.0.1\n' : '';
  const apex = `$TTL 3600\n@ SOA ns.lab. admin.lab. 1 7200 3600 1209600 300\n@ NS ns.lab.\n`;
  fs.writeFileSync(file, `$ORIGIN ${name}.\n${apex}${glue}${records}${delegations.join('')}`);
  if (algorithm === undefined) return file;
  const bits = algorithm.startsWith('RSA') ? ['-b', '1024'] : [];
  tool('dnssec-keygen', ['-q', '-f', 'KSK', '-a', algorithm, ...bits, `${name}.`]);
  const signed = `${file}.signed`;
  fs.appendFileSync(
    file,
    keyFiles(name)
      .map((key) => fs.readFileSync(key, 'utf8'))
      .join(''),
  );
  tool('dnssec-signzone', [
    '-q',
    '-P',
    '-z',
    ...nsec3,
    '-s',
    start,
    '-e',
    end,
    '-o',
    `${name}.`,
    '-f',
    signed,
    file,
  ]);
  if (zone.mend !== undefined) {
    const text = fs.readFileSync(signed, 'utf8');
    const mended = zone.mend(text);
    if (mended === text) throw new Error(`nothing was changed in ${name}`);
    fs.writeFileSync(signed, mended);
  }
  return signed;
}

function query(/** @type {string} */ line) {
  const [name = '', type = ''] = line.split(' ');
  const labels = [...name.replace(/\.$/, '').matchAll(/(?:\\\d{3}|\\.|[^.\\])+/g)].map(([label]) =>
    label.replace(/\\(\d{3})|\\(.)/g, (_, digits, other) => other ?? String.fromCharCode(Number(digits))),
  );
  const octets = Buffer.concat(
    labels.map((label) => Buffer.from(String.fromCharCode(label.length) + label, 'latin1')),
  );
  const header = Buffer.from('000001100001000000000001', 'hex');
  const tail = Buffer.from([0, 0, TYPES[/** @type {keyof typeof TYPES} */ (type)], 0, 1]);
  return Buffer.concat([header, octets, tail, Buffer.from('0000291000000080000000', 'hex')]);
}

async function ask(/** @type {number} */ port, /** @type {string} */ line) {
  const socket = net.connect(port, '127.0.0.1');
  const message = query(line);
  socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]));
  let octets = Buffer.alloc(0);
  for await (const chunk of socket) {
    octets = Buffer.concat([octets, chunk]);
    if (octets.length >= 2 && octets.length >= 2 + octets.readUInt16BE()) break;
  }
  socket.destroy();
  return octets.subarray(2);
}

async function main() {
  const files = ZONES.map((zone) => [zone.name, writeZone(zone)]);
  const port = await freePort();
  const zones = files.map(([name, file]) => `zone "${name}." { type primary; file "${file}"; };`);
  const options = `directory "${folder}"; pid-file none; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion yes; dnssec-validation no; empty-zones-enable no; minimal-responses yes; notify no;`;
  fs.writeFileSync(
    path.join(folder, 'named.conf'),
    `options { ${options} };\ncontrols { };\n${zones.join('\n')}\n`,
  );
  const named = spawn('named', ['-g', '-n', '1', '-c', path.join(folder, 'named.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  for await (const chunk of named.stderr) {
    log += String(chunk);
    if (log.includes('running\n')) break;
  }
  if (!log.includes('running\n')) throw new Error(log);
  const { asked, chain } = questions();
  const version = /BIND (\S+)/.exec(log)?.[1];
  const lines = [
    `# Source: what named of BIND ${version} answered with DO and CD, recorded by scripts/dnssec-lab/record.mjs.`,
  ];
  lines.push(`#anchor ${dsOf('').trim()}`);
  for (const line of [...asked, ...chain]) {
    const octets = await ask(port, line);
    lines.push(`#> ${line}`, octets.toString('hex'));
  }
  named.kill();
  await once(named, 'exit');
  fs.writeFileSync(path.join(root, 'protocol/dnssec/testing/lab.hex'), `${lines.join('\n')}\n`);
  fs.rmSync(folder, { recursive: true });
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

await main();
