import { systemClock } from '../../../main/net/clock.ts';
import type { Endpoint } from '../../../main/net/endpoint.ts';
import { cryptoRandom } from '../../../main/net/random.ts';
import type { Resolved } from '../../../main/net/resolved.ts';
import { validatingStub } from '../../../main/net/validating-stub.ts';
import { parseAnchors } from '../../../protocol/dnssec/anchor-file.ts';
import type { TrustAnchor } from '../../../protocol/dnssec/trust-anchor.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { RecordClass, typeOf } from '../../../protocol/wire/registry.ts';
import type { Question } from '../../../protocol/wire/record.ts';
import type { Lab } from '../lab.ts';
import type { Expected } from '../zones/lab-zone.ts';
import type { Asked } from './asked.ts';

/** What Herald's validator makes of questions, from the answers of a resolver or of a name server, which need not validate. */
export async function heraldVerdicts(
  lab: Lab,
  asked: readonly Asked[],
  server: Endpoint,
): Promise<readonly Expected[]> {
  const options = { servers: [server], clock: systemClock, random: cryptoRandom };
  const resolver = validatingStub(options, anchorsOf(lab));
  const replies = await Promise.all(asked.map((one) => resolver.query(questionOf(one))));
  return replies.map(verdictOf);
}

/** A question as the resolver takes it. */
export function questionOf({ name, type }: Asked): Question {
  return { name: Name.of(name), type: typeOf(type)!, class: RecordClass.IN };
}

/** What DNSSEC says of a reply, in the words of the lab. */
export function verdictOf(reply: Resolved): Expected {
  if (reply.kind === 'failed' || reply.security === undefined) return 'unanswered';
  return reply.security.kind === 'indeterminate' ? 'unanswered' : reply.security.kind;
}

/** The lab's trust anchors, read from the file. */
export function anchorsOf({ anchors }: Lab): readonly TrustAnchor[] {
  const parsed = parseAnchors(anchors.dsText);
  if (!parsed.ok) throw new TypeError(parsed.message);
  return parsed.anchors;
}
