/** The reference of `push-to-row`'s lines: a process that writes a line for every TLS record that comes, and does nothing else. */
import { connect } from 'node:tls';

const [port, servername] = process.argv.slice(2);
const socket = connect({ host: '127.0.0.1', port: Number(port), servername, rejectUnauthorized: false });
socket.once('session', () => process.stdout.write('ready\n'));
socket.on('data', (chunk) => process.stdout.write(`${chunk.toString('latin1')}\n`));
socket.on('close', () => process.exit());
