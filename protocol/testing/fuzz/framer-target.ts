import { Framer } from '../../dso/framer.ts';
import { hexOf } from '../../wire/text.ts';
import { mutant } from './mutator.ts';
import type { FuzzTarget, Trial } from './trial.ts';
import { joined, must, shortened, shortenedOctets } from './trial.ts';

/** However a stream is cut, the messages in it are those of its lengths. */
export const framerTarget: FuzzTarget = {
  name: 'framer',
  summary: 'a stream has the same messages however it is cut',
  batch: 4096,
  trial: (random, material) => {
    const messages = random.times(1 + random.below(4), () => framed(random.pick(material.all)));
    const stream = random.oneIn(2) ? joined(...messages) : mutant(joined(...messages), random, material.all);
    return framerTrial(
      stream,
      random.times(random.below(8), () => random.below(stream.length + 1)),
    );
  },
};

function framerTrial(stream: Uint8Array, cuts: readonly number[]): Trial {
  return {
    check: () => checkCuts(stream, cuts),
    *smaller() {
      for (const fewer of shortened(cuts)) yield framerTrial(stream, fewer);
      for (const less of shortenedOctets(stream)) yield framerTrial(less, cuts);
    },
    show: () => [`stream: ${hexOf(stream)}`, `cut at: ${cuts.join(' ')}`],
  };
}

function checkCuts(stream: Uint8Array, cuts: readonly number[]): void {
  const framer = new Framer();
  const messages: string[] = [];
  const ends = [
    ...cuts.filter((at) => at <= stream.length).toSorted((one, other) => one - other),
    stream.length,
  ];
  let start = 0;
  for (const end of ends) {
    for (const message of framer.receive(stream.subarray(start, end))) messages.push(hexOf(message));
    start = end;
  }
  const wanted = messagesOf(stream);
  const rest = wanted.pop();
  must(
    messages.join(' ') === wanted.join(' '),
    () => `it reads ${messages.join(' ')}, not ${wanted.join(' ')}`,
  );
  must(hexOf(framer.partial) === rest, () => `${hexOf(framer.partial)} is left, not ${rest ?? ''}`);
}

/** The messages of a whole stream, and behind them what is left. */
function messagesOf(stream: Uint8Array): string[] {
  const found: string[] = [];
  let rest = stream;
  while (rest.length >= 2) {
    const length = rest[0]! * 256 + rest[1]!;
    if (rest.length < 2 + length) break;
    found.push(hexOf(rest.subarray(2, 2 + length)));
    rest = rest.subarray(2 + length);
  }
  return [...found, hexOf(rest)];
}

function framed(message: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(message.length >>> 8, message.length), message);
}
