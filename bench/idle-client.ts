/** The reference of `idle`: a process that holds four TLS connections and does nothing. */
import { once } from 'node:events';
import { connect } from 'node:tls';

const CONNECTIONS = 4;
const [port, servername] = process.argv.slice(2);
const target = { host: '127.0.0.1', port: Number(port), servername, rejectUnauthorized: false };
const sockets = Array.from({ length: CONNECTIONS }, () => connect(target));
await Promise.all(sockets.map((socket) => once(socket, 'secureConnect')));
for (const socket of sockets) socket.on('close', () => process.exit());
process.stdout.write('ready\n');
