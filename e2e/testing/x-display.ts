import { run } from '../../main/demo/testing/programs.ts';
import type { Command, CommandOptions } from './command.ts';

/** The windows of the X display that the tests run on, moved about as a person does. */
export class XDisplay {
  /** The window of this name that is to be seen, once it is; there is one. */
  async window(name: string): Promise<string> {
    const found = await search(name);
    const [id] = found.split('\n');
    if (id === undefined || id === '') throw new Error(`no window is called ${name}`);
    return id;
  }

  minimise(window: string): Promise<unknown> {
    return xdotool('windowminimize', window);
  }

  /** Brings a window back and to the front. */
  activate(window: string): Promise<unknown> {
    return xdotool('windowactivate', window);
  }

  /** Closes a window as its frame does. */
  async close(window: string): Promise<void> {
    await xdotool('windowactivate', '--sync', window, 'key', 'alt+F4');
  }

  /** Lets a window cover the whole screen, in front of all others. */
  async cover(window: string): Promise<void> {
    await xdotool('windowsize', window, '100%', '100%');
    await xdotool('windowmove', window, '0', '0');
    await xdotool('windowraise', window);
  }

  async resize(window: string, width: number, height: number): Promise<void> {
    await xdotool('windowsize', window, String(width), String(height));
  }
}

/** Starts a window manager, without which nothing can be minimised; it ends with the test. */
export async function startWindowManager(
  start: (file: string, args: readonly string[], options?: CommandOptions) => Command,
): Promise<void> {
  const manager = start('openbox', ['--sm-disable', '--startup', 'echo ready']);
  await manager.line((line) => (line === 'ready' ? true : undefined));
}

/** Waits until a window of this name is to be seen. One that goes while all are looked through ends the look, which begins anew. */
async function search(name: string, looks = 5): Promise<string> {
  try {
    return await xdotool('search', '--sync', '--onlyvisible', '--name', `^${name}$`);
  } catch (error) {
    if (looks > 1 && String(error).includes('BadWindow')) return search(name, looks - 1);
    throw error;
  }
}

async function xdotool(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run('xdotool', args);
  if (status !== 0) throw new Error(`xdotool ${args.join(' ')}: ${stderr}`);
  return stdout;
}
