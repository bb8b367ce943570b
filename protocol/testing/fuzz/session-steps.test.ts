import { expect, test, vi } from 'vitest';
import { framed } from '../../dso/framer.ts';
import { stepsTrial } from './session-steps.ts';

vi.mock(import('../../transcript-message.ts'), async (original) => ({
  ...(await original()),
  formatExactly: () => {
    throw new TypeError('a reader is broken');
  },
}));

test('a message that breaks what makes words of it is shown by its octets', () => {
  const octets = framed(Uint8Array.of(1, 2, 3));
  const trial = stepsTrial('S', [{ kind: 'octets', octets, pieces: 1 }], () => undefined);
  expect(trial.show()).toEqual(['S: BYTES 010203 # TypeError: a reader is broken']);
});
