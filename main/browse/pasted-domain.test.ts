import { expect, test } from 'vitest';
import { pastedDomain } from './pasted-domain.ts';

test.each([
  [' example.org ', 'example.org'],
  ['https://www.example.org/printers?x=1#y', 'example.org'],
  ['http://user:secret@intranet.example.org:8080/', 'intranet.example.org'],
  ['ipp://printer.example.org:631/ipp/print', 'printer.example.org'],
  ['somebody@example.org', 'example.org'],
  ['mailto:some.body@mail.example.org?subject=x', 'mail.example.org'],
  ['https://www.test', 'www.test'],
  ['2nd Floor.example.org', '2nd Floor.example.org'],
  ['https://bücher.example/', 'bücher.example'],
])('of %j the domain is %s', (text, domain) => {
  expect(pastedDomain(text)).toBe(domain);
});
