import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../main/demo/testing/programs.ts';
import type { Command, CommandOptions } from './command.ts';

/** Starts a program of this machine, which ends with the test. */
type Start = (file: string, args: readonly string[], options?: CommandOptions) => Command;

/** Debian's own Python: it is the one that has Debian's dbusmock. */
const PYTHON = '/usr/bin/python3';

/** A bus on which everybody may do everything (dbus-daemon(1)). */
const configuration = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
  "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
`;

/** A message bus of the test's own, with whoever it pretends to be there. */
export class MessageBus {
  readonly #start: Start;
  readonly #address: string;

  private constructor(start: Start, address: string) {
    this.#start = start;
    this.#address = address;
  }

  /** Starts it, in a folder that exists. */
  static async start(start: Start, folder: string): Promise<MessageBus> {
    const file = path.join(folder, 'bus.conf');
    await writeFile(file, configuration(folder));
    const daemon = start('dbus-daemon', [`--config-file=${file}`, '--nofork', '--print-address=1']);
    return new MessageBus(start, await daemon.line((line) => line));
  }

  /** What a program is started with for which this is the machine's bus, or the desktop's. */
  environment(kind: 'system' | 'session'): NodeJS.ProcessEnv {
    return {
      ...process.env,
      DBUS_SYSTEM_BUS_ADDRESS: kind === 'system' ? this.#address : 'disabled:',
      DBUS_SESSION_BUS_ADDRESS: kind === 'session' ? this.#address : 'disabled:',
    };
  }

  /** Lets dbusmock be somebody on the bus: `template` is one of its own, or a file. Its calls are lines of the command. */
  async mock(kind: 'system' | 'session', template: string, name: string): Promise<Command> {
    const env = { ...this.environment(kind), PYTHONUNBUFFERED: '1' };
    const mock = this.#start(PYTHON, ['-m', 'dbusmock', `--${kind}`, '--template', template], { env });
    await this.#gdbus(kind, 'wait', '--timeout', '20', name);
    return mock;
  }

  /** Calls a method, and returns what it answers as GVariant text. */
  call(
    kind: 'system' | 'session',
    name: string,
    object: string,
    method: string,
    ...args: readonly string[]
  ): Promise<string> {
    return this.#gdbus(kind, 'call', '-d', name, '-o', object, '-m', method, ...args);
  }

  async #gdbus(
    kind: 'system' | 'session',
    verb: 'wait' | 'call',
    ...args: readonly string[]
  ): Promise<string> {
    const ended = await run('gdbus', [verb, `--${kind}`, ...args], '', this.environment(kind));
    if (ended.status !== 0) throw new Error(`gdbus ${verb} ${args.join(' ')}: ${ended.stderr}`);
    return ended.stdout;
  }
}

const LOGIND = 'org.freedesktop.login1';
const LOGIND_OBJECT = '/org/freedesktop/login1';

/** The part of logind that tells of sleep (org.freedesktop.login1(5)). */
export class Logind {
  readonly #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async start(bus: MessageBus): Promise<Logind> {
    await bus.mock('system', 'logind', LOGIND);
    return new Logind(bus);
  }

  /** Whether somebody keeps the machine awake until they have heard of a sleep, as Electron does while it listens. */
  async isHeld(): Promise<boolean> {
    const holders = await this.#bus.call('system', LOGIND, LOGIND_OBJECT, `${LOGIND}.Manager.ListInhibitors`);
    return holders.includes("'sleep'");
  }

  /** Announces that the machine goes to sleep, or has woken up. */
  announceSleep(isGoing: boolean): Promise<void> {
    return this.#emit('PrepareForSleep', isGoing);
  }

  /** Announces that the machine shuts down. */
  announceShutdown(): Promise<void> {
    return this.#emit('PrepareForShutdown', true);
  }

  async #emit(signal: string, value: boolean): Promise<void> {
    const emit = 'org.freedesktop.DBus.Mock.EmitSignal';
    const args = [`${LOGIND}.Manager`, signal, 'b', `[<${value}>]`];
    await this.#bus.call('system', LOGIND, LOGIND_OBJECT, emit, ...args);
  }
}
