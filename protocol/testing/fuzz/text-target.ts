import { Txt } from '../../dnssd/txt.ts';
import { scopeOf, splitInstance } from '../../dnssd/instance-name.ts';
import { ipv4Octets, ipv6Octets } from '../../wire/ip-text.ts';
import { MasterFileError, readEntries } from '../../wire/master-tokens.ts';
import { formatName, secondsOf, WordReader } from '../../wire/master-words.ts';
import { Name, parseName } from '../../wire/name.ts';
import { formatRdata } from '../../wire/rdata-format.ts';
import { rdataProblem, readRdataText } from '../../wire/rdata-text.ts';
import { RecordType } from '../../wire/registry.ts';
import { hexOf } from '../../wire/text.ts';
import { mutant } from './mutator.ts';
import { RECORDS } from './neighbourhood.ts';
import { octetsTrial } from './octets-trial.ts';
import { mutantText, textTrial } from './text-trial.ts';
import type { FuzzTarget } from './trial.ts';
import { Finding, must } from './trial.ts';

const TXT_TEXTS = [
  'txtvers=1',
  'ty=Acme “Laser”',
  '=x',
  'k',
  'k=',
  'K=2',
  '',
  'a=b=c',
  '\u0000=1',
  'txtvers=2',
];

/** Any text is a name or none; any name has a text that leads back to it. */
export const nameTarget: FuzzTarget = {
  name: 'name',
  summary: 'any text is a domain name or refused, and any name has a text that leads back to it',
  batch: 4096,
  trial: (random) => textTrial(mutantText(random.pick(RECORDS).name.toString(), random), checkName),
};

/** Any octets are attributes or none. */
export const txtTarget: FuzzTarget = {
  name: 'txt',
  summary: 'any octets of TXT are attributes, and the record equals itself',
  batch: 4096,
  trial: (random, material) => {
    const texts = random.times(random.below(5), () => new TextEncoder().encode(random.pick(TXT_TEXTS)));
    const rdata = Uint8Array.from(texts.flatMap((text) => [text.length, ...text]));
    return octetsTrial(random.oneIn(4) ? rdata : mutant(rdata, random, material.all), checkTxt);
  },
};

/** Any octets of RDATA have a text that leads back to them, and any text is RDATA of a type or refused with its place. */
export const rdataTarget: FuzzTarget = {
  name: 'rdata-text',
  summary:
    'any words are RDATA of a type or refused with line and column, and RDATA comes back from its text',
  batch: 4096,
  trial: (random) => {
    const { type, rdata } = random.pick(RECORDS);
    const other = random.oneIn(6)
      ? random.pick([RecordType.SOA, RecordType.TLSA, RecordType.MX, 65_280])
      : type;
    return textTrial(mutantText(formatRdata(type, rdata), random), (text) => checkRdataText(other, text));
  },
};

function checkName(text: string): void {
  const parsed = parseName(text);
  if (!parsed.ok) {
    must(parsed.code === 'bad-name' && parsed.message.length > 0, 'a refusal says nothing');
    return;
  }
  const { name } = parsed;
  must(name.wire.length <= 255 && name.wire.at(-1) === 0, 'a name is too long or has no end');
  must(Name.of(name.toString()).exact === name.exact, () => `${name.toString()} is another name`);
  const word = formatName(name);
  const entries = readEntries(`${word}\n`);
  must(entries[0]?.tokens.length === 1 && !entries[0].ownerOmitted, () => `${word} is no one word`);
  must(Name.ofLabels(name.labels).equals(name), 'its labels make another name');
  splitInstance(name);
  scopeOf(name);
  must(name.isWithin(name.parent) && name.isWithin(Name.root), 'a name is not within its parent');
}

function checkTxt(rdata: Uint8Array): void {
  const txt = new Txt(rdata);
  const keys = txt.entries.map(({ key }) => key);
  must(new Set(keys.map((key) => key.toLowerCase())).size === keys.length, 'a key is there twice');
  must(
    keys.every((key) => /^[ -<>-~]+$/.test(key)),
    'a key holds what no key may',
  );
  for (const key of keys) must(txt.value(key.toUpperCase()).kind !== 'absent', 'a key is there and is not');
  must(txt.equals(new Txt(rdata.slice())), 'it does not equal itself');
  const text = formatRdata(RecordType.TXT, rdata);
  if (rdataProblem(RecordType.TXT, rdata) === undefined) {
    must(hexOf(rdataOf(RecordType.TXT, text)) === hexOf(rdata), () => `${text} is other RDATA`);
  }
}

function rdataOf(type: number, text: string): Uint8Array {
  const [entry] = readEntries(` ${text}`);
  if (entry === undefined) throw new Finding(`${text} is no entry`);
  return readRdataText(type, new WordReader(entry.tokens, entry.end, Name.root));
}

function checkRdataText(type: number, text: string): void {
  secondsOf(text);
  ipv4Octets(text);
  ipv6Octets(text);
  let read: Uint8Array;
  try {
    const entries = readEntries(` ${text}`);
    if (entries.length === 0) return;
    read = readRdataText(type, new WordReader(entries[0]!.tokens, entries[0]!.end, Name.of('example.com')));
  } catch (error) {
    if (!(error instanceof MasterFileError)) throw error;
    must(error.message.length > 0 && error.line >= 1 && error.column >= 1, 'a refusal has no place');
    return;
  }
  must(rdataProblem(type, read) === undefined, () => `it is read as what it cannot be: ${hexOf(read)}`);
  const again = rdataOf(type, formatRdata(type, read));
  must(hexOf(again) === hexOf(read), () => `${formatRdata(type, read)} is other RDATA`);
}
