import { ProtocolError } from '../errors.ts';
import type { DnsMessage } from '../wire/message.ts';
import { Name } from '../wire/name.ts';
import { nameRdata } from '../wire/rdata.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { SignedSet } from './signed-set.ts';
import { setOf } from './signed-set.ts';

/** RFC 1034 §3.6.2 wants chains followed and loops signalled; no honest chain is longer. */
const MAX_LINKS = 16;

/** What an answer says, from the name that was asked to the end of its aliases. */
export interface AliasChain {
  /** The sets that the answer rests on, in order: aliases, and the records asked for. */
  readonly links: readonly SignedSet[];
  /** The CNAME records that follow from a DNAME among the links and are not signed themselves (RFC 6672 §5.3.1). */
  readonly synthesised: readonly ResourceRecord[];
  /** The name at the end of the aliases. */
  readonly end: Name;
  /** Whether the records asked for are there. */
  readonly isAnswered: boolean;
}

/** Follows the aliases of an answer; more than are honest end where they are. */
export function aliasChain(question: Question, answers: readonly SignedSet[]): AliasChain {
  const links: SignedSet[] = [];
  const synthesised: ResourceRecord[] = [];
  let end = question.name;
  while (links.length < MAX_LINKS) {
    const dname = dnameAbove(answers, end);
    const target = dname && substituted(end, dname);
    if (dname !== undefined && target !== undefined) {
      links.push(dname);
      synthesised.push(cnameTo(end, target, dname));
      if (question.type === RecordType.CNAME) return { links, synthesised, end, isAnswered: true };
      end = target;
      continue;
    }
    const asked = setOf(answers, end, question.type);
    if (asked !== undefined) return { links: [...links, asked], synthesised, end, isAnswered: true };
    const alias = setOf(answers, end, RecordType.CNAME);
    const next = alias && targetOf(alias);
    if (alias === undefined || next === undefined) break;
    links.push(alias);
    end = next;
  }
  return { links, synthesised, end, isAnswered: false };
}

/** Whether an answer denies what was asked at the end of its aliases, rather than to stop there for others to go on. */
export function isDenial(
  { end, isAnswered }: AliasChain,
  question: Question,
  message: DnsMessage,
  isNoName: boolean,
): boolean {
  if (isAnswered) return false;
  const namesZone = message.authorities.some(
    ({ type, name }) => type === RecordType.SOA && end.isWithin(name),
  );
  return isNoName || namesZone || end.equals(question.name);
}

function dnameAbove(answers: readonly SignedSet[], name: Name): SignedSet | undefined {
  return answers.find(
    ({ owner, type, records }) =>
      type === RecordType.DNAME && records.length === 1 && name.isWithin(owner) && !owner.equals(name),
  );
}

/** The name with the DNAME's owner replaced by its target (RFC 6672 §2.2); undefined when that is no name. */
function substituted(name: Name, dname: SignedSet): Name | undefined {
  const target = targetOf(dname);
  if (target === undefined) return undefined;
  const front = name.labels.slice(0, name.labelCount - dname.owner.labelCount);
  const octets = front.reduce((sum, label) => sum + 1 + label.length, target.wire.length);
  return octets > 255 ? undefined : Name.ofLabels([...front, ...target.labels]);
}

/** The one target of an alias; undefined where there are several, or none that is a name. */
function targetOf({ records }: SignedSet): Name | undefined {
  const [record, ...more] = records;
  if (record === undefined || more.length > 0) return undefined;
  try {
    return nameRdata(record.rdata);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function cnameTo(name: Name, target: Name, dname: SignedSet): ResourceRecord {
  return {
    name,
    type: RecordType.CNAME,
    class: RecordClass.IN,
    ttlSeconds: dname.ttlSeconds,
    rdata: target.wire,
  };
}
