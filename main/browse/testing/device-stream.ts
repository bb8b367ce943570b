import type { Change } from '../../../protocol/push/change.ts';
import type { Random } from '../../../protocol/testing/fuzz/random.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { readRecords } from '../../demo/zone-file.ts';

/** So many devices are there; from then on an older one goes for each that comes. */
const PRESENT = 20;

/**
 * Devices of a zone that come, change and go, for as long as somebody asks for more. Each new one has names that nobody ever
 * heard before, so that whatever keeps names without need grows.
 */
export class DeviceStream {
  readonly #origin: Name;
  readonly #random: Random;
  /** The lines of each device that is there, the oldest first. */
  readonly #present: string[][] = [];
  #count = 0;

  constructor(zone: string, random: Random) {
    this.#origin = Name.of(zone);
    this.#random = random;
  }

  /** The next edits, made as one: a device takes the place of another, or says something else of itself. */
  next(): readonly Change[] {
    if (this.#present.length < PRESENT) return this.#come();
    return this.#random.oneIn(2) ? [...this.#go(), ...this.#come()] : this.#change();
  }

  #come(): readonly Change[] {
    const name = `device-${this.#count++}`;
    const lines = [
      `_ipp._tcp PTR ${name}._ipp._tcp`,
      `${name}._ipp._tcp SRV 0 0 631 ${name}`,
      `${name}._ipp._tcp TXT "note=0"`,
      `${name} A 192.0.2.${this.#random.below(250)}`,
    ];
    this.#present.push(lines);
    return this.#changes('add', lines);
  }

  #go(): readonly Change[] {
    return this.#changes('remove', this.#present.shift() ?? []);
  }

  #change(): readonly Change[] {
    const device = this.#random.pick(this.#present);
    const [before = ''] = device.splice(2, 1);
    const after = before.replace(/"note=.*"/, `"note=${this.#random.u32()}"`);
    device.splice(2, 0, after);
    return [...this.#changes('remove', [before]), ...this.#changes('add', [after])];
  }

  #changes(kind: 'add' | 'remove', lines: readonly string[]): readonly Change[] {
    const read = readRecords(`$TTL 4500\n${lines.join('\n')}`, this.#origin, 'devices');
    if (!read.ok) throw new TypeError(read.message);
    return read.records.map((record) => ({ kind, record }));
  }
}
