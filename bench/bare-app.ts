import { on, once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from 'playwright';
import { _electron } from 'playwright';

const MAIN = fileURLToPath(new URL('bare-app.mjs', import.meta.url));

/** `bare-app.mjs` in the real Electron, and the server that it is connected to. */
export class BareApp {
  readonly app: ElectronApplication;
  readonly #server: Server;
  readonly #connections: AsyncIterator<[Socket]>;

  private constructor(app: ElectronApplication, server: Server, connections: AsyncIterator<[Socket]>) {
    this.app = app;
    this.#server = server;
    this.#connections = connections;
  }

  /** Starts it in an environment, with a folder for its profile. */
  static async open(env: NodeJS.ProcessEnv, profile: string): Promise<BareApp> {
    const server = createServer().listen(0, '127.0.0.1');
    const connections = on(server, 'connection')[Symbol.asyncIterator]() as AsyncIterator<[Socket]>;
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const app = await _electron.launch({
      args: [`--user-data-dir=${profile}`, MAIN],
      env: { ...env, BARE_PORT: String(port) } as Record<string, string>,
    });
    await app.firstWindow();
    return new BareApp(app, server, connections);
  }

  /** The next connection that it makes, there or to come. */
  async connection(): Promise<Socket> {
    const { value } = (await this.#connections.next()) as IteratorYieldResult<[Socket]>;
    return value[0].on('error', () => undefined).resume();
  }

  async close(): Promise<void> {
    await this.app.close();
    this.#server.close();
  }
}
