import { changeStream } from '/work/main/bench/change-stream.ts';
import { ModelWorld } from '/work/main/bench/zz-world.ts';
import { Framer } from '/work/main/protocol/dso/framer.ts';
import dnsPacket from 'dns-packet';
const V = [0, 1, 2, 3, 4, 5, 6];
const streams = [changeStream(2000, V), changeStream(2000, [...V].reverse())];
const w = new ModelWorld(2000);
const chunks = (b) => {
  const r = [];
  for (let i = 0; i < b.length; i += 16384) r.push(Buffer.from(b.subarray(i, i + 16384)));
  return r;
};
const P = streams.map((s) => chunks(s.push)),
  Q = streams.map((s) => chunks(s.plain));
const every = Number(process.argv[2] ?? 100);
const N = Number(process.argv[3] ?? 12);
const R = { ours: [], dns: [] };
for (let r = 0; r < N; r++) {
  let a = process.cpuUsage();
  let k = 0;
  for (const c of P[r % 2]) {
    w.receive(c);
    if (++k % every === 0) w.commit();
  }
  w.commit();
  let u = process.cpuUsage(a);
  R.ours.push(((u.user + u.system) * 1000) / streams[0].records);
  a = process.cpuUsage();
  const f = new Framer();
  let n = 0;
  for (const c of Q[r % 2])
    for (const m of f.receive(c))
      n += dnsPacket.decode(Buffer.from(m.buffer, m.byteOffset, m.length)).answers.length;
  u = process.cpuUsage(a);
  R.dns.push(((u.user + u.system) * 1000) / streams[0].records);
}
const md = (a) => {
  const b = a.slice(4).sort((x, y) => x - y);
  return [b[0], b[b.length >> 1]].map((x) => x.toFixed(0)).join('/');
};
console.log('ours', md(R.ours), 'dns', md(R.dns), 'ns/RR min/median; chunks', P[0].length);
