import type { Socket } from 'node:net';

/** Cuts a connection off: RST, at once but for a FIN that is on its way; a socket that is reset before that is out never closes. */
export function cutOff(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.once('finish', () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}
