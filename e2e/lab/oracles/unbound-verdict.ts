import { run } from '../../../main/demo/testing/programs.ts';
import type { Lab } from '../lab.ts';
import type { Expected } from '../zones/lab-zone.ts';
import type { Asked } from './asked.ts';

/** What `dig` prints of the header of each answer. */
const HEADER = /status: (\w+), id: \d+\n;; flags: ([a-z ]*);/g;

/**
 * What the lab's unbound makes of questions, in their order: it sets AD for what is secure, and fails for what is bogus, unless it is
 * asked with CD (RFC 4035 §3.2.2, §3.2.3).
 */
export async function unboundVerdicts(lab: Lab, asked: readonly Asked[]): Promise<readonly Expected[]> {
  const plain = await headers(lab, asked, []);
  const unchecked = await headers(lab, asked, ['+cdflag']);
  return plain.map(({ status, flags }, at) => {
    if (status === 'SERVFAIL') return unchecked[at]?.status === 'SERVFAIL' ? 'unanswered' : 'bogus';
    return flags.includes('ad') ? 'secure' : 'insecure';
  });
}

interface Header {
  readonly status: string;
  readonly flags: readonly string[];
}

async function headers(
  { programs, places }: Lab,
  asked: readonly Asked[],
  options: readonly string[],
): Promise<readonly Header[]> {
  const general = ['@127.0.0.1', '-p', String(places.resolver.port), '+dnssec', '+tries=1', ...options];
  const { stdout } = await run(programs.dig, [
    ...general,
    ...asked.flatMap(({ name, type }) => ['-q', name, '-t', type]),
  ]);
  const found = [...stdout.matchAll(HEADER)].map(([, status = '', flags = '']) => ({
    status,
    flags: flags.split(' '),
  }));
  if (found.length !== asked.length) {
    throw new Error(`dig answers ${found.length} of ${asked.length} questions: ${stdout}`);
  }
  return found;
}
