import { NO_ROWS } from '../contract/testing/rows.ts';
import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import type { Command, CommandResult } from '../contract/command.ts';
import { CHANNEL, Ipc } from './ipc.ts';
import type { IpcHandlers } from './ipc.ts';
import { FakeCore } from './testing/fake-core.ts';

const EMPTY = { revision: 4, tables: NO_ROWS };
type Handler = Parameters<IpcHandlers['handle']>[1];

/** An Ipc on fakes, and what a window would do with it. */
function fixture(isTrusted = true) {
  const handlers = new Map<string, Handler>();
  const core = new FakeCore(EMPTY);
  const asked: Command[] = [];
  const send = vi.fn();
  const sender = { id: 1, send, isDestroyed: () => false } as unknown as WebContents;
  const ipc = new Ipc(
    {
      handle: (channel, handler) => void handlers.set(channel, handler),
    },
    core,
    (command) => {
      asked.push(command);
      return { ok: true };
    },
    () => isTrusted,
  );
  const ask = (channel: string, raw?: unknown): unknown =>
    handlers.get(channel)?.({ sender, senderFrame: { url: 'app://herald/', parent: null } }, raw);
  return { handlers, core, asked, send, ipc, ask };
}

test('there are two questions and one announcement, and no other channel', () => {
  expect([...fixture().handlers.keys()]).toEqual(['snapshot', 'command']);
  expect(Object.values(CHANNEL)).toEqual(['snapshot', 'update', 'command']);
});

test('a window gets no updates until it has asked for a snapshot', () => {
  const { core, send, ask } = fixture();
  core.publish({});
  expect(send).not.toHaveBeenCalled();
  expect(JSON.parse(ask('snapshot') as string)).toEqual({ revision: 5, tables: NO_ROWS });
  core.publish({});
  expect(send.mock.calls).toEqual([['update', '{"revision":6,"tables":{}}']]);
});

test('a window whose page is loading again gets none until it asks again', () => {
  const { core, send, ask, ipc } = fixture();
  ask('snapshot');
  ipc.forgetReader();
  core.publish({});
  expect(send).not.toHaveBeenCalled();
  ask('snapshot');
  core.publish({});
  expect(send).toHaveBeenCalledOnce();
});

test('a command is read before it is done', async () => {
  const { asked, ask } = fixture();
  expect(await ask('command', { kind: 'add-domain', domain: 'example.org' })).toEqual({ ok: true });
  expect(asked).toEqual([{ kind: 'add-domain', domain: 'example.org' }]);
});

test.each([
  ['nothing', undefined],
  ['another kind', { kind: 'run', program: 'sh' }],
  ['a field too many', { kind: 'open-settings', extra: 1 }],
  ['a field too long', { kind: 'add-domain', domain: 'a'.repeat(1_021) }],
  ['a text', 'add-domain'],
])('what is no command is refused and reaches nothing: %s', async (_what, raw) => {
  const { asked, ask } = fixture();
  expect(((await ask('command', raw)) as CommandResult).ok).toBe(false);
  expect(asked).toEqual([]);
});

test('a stranger is told nothing and can do nothing', async () => {
  const { asked, core, ask, send } = fixture(false);
  expect(() => ask('snapshot')).toThrow('may not ask');
  expect(await ask('command', { kind: 'add-domain', domain: 'example.org' })).toMatchObject({
    code: 'not-allowed',
  });
  core.publish({});
  expect(asked).toEqual([]);
  expect(send).not.toHaveBeenCalled();
});

test('closing ends the subscription, and a page that is still there is told that Herald ends', async () => {
  const { asked, core, ipc, ask, send } = fixture();
  expect(core.listeners).toBe(1);
  ipc.close();
  expect(core.listeners).toBe(0);
  expect(await ask('command', { kind: 'open-settings' })).toMatchObject({ ok: false, code: 'ending' });
  expect(asked).toEqual([]);
  expect(JSON.parse(ask('snapshot') as string)).toMatchObject({ revision: 4 });
  core.publish({});
  expect(send).not.toHaveBeenCalled();
});
