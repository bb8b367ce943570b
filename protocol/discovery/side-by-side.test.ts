import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordClass } from '../wire/registry.ts';
import type { Procedure } from './procedure.ts';
import { allSideBySide, sideBySide } from './side-by-side.ts';
import { answer, drive } from './testing/replies.ts';

/** Asks for TYPE `base`, `base + 1` and so on, one a round, and gives the sum of the RCODEs. */
function* rounds(base: number, count: number): Procedure<number> {
  let sum = 0;
  for (let type = base; type < base + count; type++) {
    const [reply] = yield [{ name: Name.of('a.test'), type, class: RecordClass.IN }];
    sum += reply?.kind === 'answer' ? reply.message.rcode : 0;
  }
  return sum;
}

const byType = (_: string, { type }: { readonly type: number }) => answer({ rcode: type === 1000 ? 1 : 8 });

test('two procedures ask in the same rounds, and each gets its own replies', () => {
  const { result, rounds: asked } = drive(sideBySide(rounds(1000, 1), rounds(2000, 3)), byType);

  expect(result).toEqual([1, 24]);
  expect(asked).toEqual([
    ['TYPE1000 a.test.', 'TYPE2000 a.test.'],
    ['TYPE2001 a.test.'],
    ['TYPE2002 a.test.'],
  ]);
});

test('what several procedures ask in one round is asked once, and each gets the reply', () => {
  const procedures = [rounds(1000, 1), rounds(1000, 2), rounds(1001, 1)];
  const { result, rounds: asked } = drive(allSideBySide(procedures), byType);

  expect(result).toEqual([1, 9, 8]);
  expect(asked).toEqual([['TYPE1000 a.test.', 'TYPE1001 a.test.'], ['TYPE1001 a.test.']]);
});

test('no procedures ask nothing', () => {
  expect(drive(allSideBySide<number>([]), byType)).toMatchObject({ result: [], rounds: [] });
});
