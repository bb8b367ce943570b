import { expect, test } from 'vitest';
import { noteChange } from './printer-note.ts';
import { lines, zone } from './testing/zone-fixture.ts';

function first<T>(items: readonly T[]): T {
  return items[0]!;
}

test('a note changes in the TXT records of all protocols of one printer, and of that printer alone', () => {
  const office = zone(
    'One._ipp._tcp TXT "rp=a" "NOTE=Hall" "x"\nOne._printer._tcp TXT "note=Hall"\nTwo._ipp._tcp TXT "note=Hall"\nhost A 192.0.2.1',
  );
  const changes = lines(office.apply(noteChange(office, first)));
  expect(changes.filter((line) => !line.includes('SOA'))).toEqual([
    '- One._ipp._tcp.office.test. 4500 IN TXT "rp=a" "NOTE=Hall" "x"',
    '- One._printer._tcp.office.test. 4500 IN TXT "note=Hall"',
    '+ One._ipp._tcp.office.test. 4500 IN TXT "rp=a" "note=Hall – out of paper" "x"',
    '+ One._printer._tcp.office.test. 4500 IN TXT "note=Hall – out of paper"',
  ]);
});

test('what was added to a note is taken away the next time', () => {
  const office = zone('One._ipp._tcp TXT "note=Hall"');
  office.apply(noteChange(office, first));
  expect(lines(office.apply(noteChange(office, first)))).toContain(
    '+ One._ipp._tcp.office.test. 4500 IN TXT "note=Hall"',
  );
});

test('a zone without notes is left alone', () => {
  expect(noteChange(zone('host TXT "noted=x" "n"'), first)).toEqual([]);
});
