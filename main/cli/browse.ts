/** `npm run browse`: the services of domains, live, on the command line: the core of the app without its window. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeEvents } from '../browse/change-events.ts';
import { machineBases } from '../browse/machine-bases.ts';
import { printable } from '../browse/printable.ts';
import { recordedConnect } from '../browse/recorded-connect.ts';
import { Workspace } from '../browse/workspace.ts';
import type { Update } from '../contract/api.ts';
import type { DemoNetwork } from '../demo/demo-network.ts';
import { startDemoNetwork } from '../demo/demo-network.ts';
import { systemClock } from '../net/clock.ts';
import { readAnchorFile } from '../net/anchor-files.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import { cryptoRandom } from '../net/random.ts';
import type { ResolverAddress } from '../net/resolver-address.ts';
import { ResolverDirectory } from '../net/resolver-directory.ts';
import { SecureContexts } from '../net/secure-contexts.ts';
import { checkTcp } from '../net/tcp-check.ts';
import type { Connect } from '../net/tls-transport.ts';
import { connectTls } from '../net/tls-transport.ts';
import { readTrustFiles } from '../storage/trust-files.ts';
import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';
import { Name } from '../../protocol/wire/name.ts';
import { AppendedFile } from './appended-file.ts';
import type { BrowseEvent } from './browse-lines.ts';
import { jsonLine, textLine } from './browse-lines.ts';
import type { BrowseOptions } from './browse-options.ts';
import { BROWSE_USAGE, parseBrowseOptions } from './browse-options.ts';
import { appDataFolder } from './data-folder.ts';
import { Ending, toleratesClosedOutput } from './ending.ts';
import { explanationJson, explanationText } from './explain-lines.ts';
import { Explanation } from './explanation.ts';
import { tellHistory } from './history.ts';
import { parseSince } from './since.ts';
import { suggest } from './suggest.ts';

/** How long the first data of a domain that is live may take before its ladder is told without. */
const FIRST_DATA_MS = 1000;

const startMs = performance.now();
toleratesClosedOutput();
const parsed = parseBrowseOptions(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(BROWSE_USAGE);
    break;
  case 'wrong':
    process.stderr.write(`${parsed.message}\n\n${BROWSE_USAGE}`);
    process.exitCode = 2;
    break;
  case 'options':
    process.exitCode = await browse(parsed.options);
}

/** Runs until it is told to end; the exit status. */
async function browse(options: BrowseOptions): Promise<number> {
  if (options.isHistory) return history(options);
  const { anchorFile } = options;
  const anchors = anchorFile === undefined ? undefined : await readAnchorFile(anchorFile);
  const trust = readTrust(options);
  for (const read of [anchors, trust]) {
    if (read?.ok !== false) continue;
    process.stderr.write(`${read.message}\n`);
    return 2;
  }
  const directory = options.isDemo ? await mkdtemp(join(tmpdir(), 'herald-demo-')) : undefined;
  const demo =
    directory === undefined
      ? undefined
      : await startDemoNetwork({ clock: systemClock, directory, quiet: false });
  try {
    if (options.isSuggest) return await suggestFor(options, demo);
    return await watch(options, demo, anchors?.ok === true ? anchors.anchors : undefined);
  } finally {
    await demo?.close();
    if (directory !== undefined) await rm(directory, { recursive: true });
  }
}

/** Tells what the app kept; nothing is asked of any server. */
function history({ since, dataFolder, names, isJson }: BrowseOptions): Promise<number> {
  const nowMs = systemClock.wallMs();
  const sinceMs = (since === undefined ? undefined : parseSince(since, nowMs)) ?? 0;
  return tellHistory(
    { dataFolder: dataFolder ?? appDataFolder(), names, sinceMs, nowMs, isJson },
    {
      line: (text) => process.stdout.write(`${text}\n`),
      problem: (text) => process.stderr.write(`${printable(text)}\n`),
    },
  );
}

/** Asks the domains that were named, or else the machine's own, which domains to browse. */
async function suggestFor(options: BrowseOptions, demo: DemoNetwork | undefined): Promise<number> {
  const names = options.names.length > 0 ? options.names : (demo?.zones ?? []);
  const bases = names.map((name) => ({ domain: Name.of(name), origin: name }));
  const resolvers = new ResolverDirectory({ clock: systemClock, random: cryptoRandom });
  const resolver = resolvers.at(resolverOf(options, demo));
  const status = await suggest(
    bases.length > 0 ? bases : await machineBases(),
    resolver,
    options.isJson,
    (text) => void process.stdout.write(text),
  );
  resolvers.close();
  return status;
}

/** Whom to trust and what to show, read anew whenever a server is looked for; the demo network has an authority of its own. */
function readTrust({ caFile, isStrict, pins, certFile, keyFile }: BrowseOptions, caPem?: string): ReadTrust {
  const read = readTrustFiles({
    caFile: caFile ?? null,
    certFile: certFile ?? null,
    keyFile: keyFile ?? null,
    passphrase: process.env['HERALD_PASSPHRASE'] ?? null,
    pins,
    isStrict,
  });
  return read.ok && caPem !== undefined ? { ok: true, trust: { ...read.trust, caPem } } : read;
}

function resolverOf(options: BrowseOptions, demo: DemoNetwork | undefined): ResolverAddress | undefined {
  return demo === undefined ? options.resolver : { host: '127.0.0.1', port: demo.dnsPort };
}

async function watch(
  options: BrowseOptions,
  demo: DemoNetwork | undefined,
  anchors: readonly TrustAnchor[] | undefined,
): Promise<number> {
  const events = new ChangeEvents();
  const explanation = options.isExplain ? new Explanation() : undefined;
  const tell = (event: BrowseEvent): void => {
    const atMs = performance.now() - startMs;
    const line = options.isJson ? jsonLine : textLine;
    const text = line(event, atMs, (id) => events.domainName(id));
    if (text !== undefined) process.stdout.write(`${text}\n`);
  };
  const problem = (reason: string): void => {
    if (explanation === undefined) tell({ event: 'problem', reason });
    else process.stderr.write(`${printable(reason)}\n`);
  };
  const keylog = AppendedFile.open(options.keylogFile, problem);
  const transcript = AppendedFile.open(options.transcriptFile, problem);
  const resolvers = new ResolverDirectory({
    clock: systemClock,
    random: cryptoRandom,
    ...(anchors === undefined ? {} : { anchors }),
  });
  const contexts = new SecureContexts();
  const connect: Connect = (target, told) =>
    connectTls({ ...target, clock: systemClock, contexts, keylog: keylog?.write }, told);
  const workspace = new Workspace({
    clock: systemClock,
    connect: transcript === undefined ? connect : recordedConnect(connect, systemClock, transcript.write),
    checkTcp: checkTcp(systemClock),
    random: cryptoRandom,
    resolverAt: resolvers.at,
    enumerationBases: machineBases,
    updateIntervalMs: 0,
  });
  const ending = new Ending();
  let left = options.count;
  let wasReached = false;
  const tellChanges = (update: Update): void => {
    for (const event of events.next(update)) {
      if (left === 0) break;
      tell(event);
      if (event.event === 'added' || event.event === 'changed' || event.event === 'removed') left -= 1;
    }
    const domains = [...events.domains];
    wasReached ||= domains.some(({ state }) => state === 'live' || state === 'polling');
    if (left === 0) ending.end(0);
    else if (!wasReached && domains.length > 0 && domains.every(({ state }) => state === 'failed'))
      ending.end(1);
  };
  const show = explanation === undefined ? tellChanges : explaining(explanation, ending);
  const resolver = resolverOf(options, demo);
  const request = {
    trust: () => readTrust(options, demo?.caPem),
    ...(resolver === undefined ? {} : { resolver }),
  };
  for (const domain of options.names.length > 0 ? options.names : (demo?.zones ?? [])) {
    const result = workspace.watch({ domain, ...request });
    if (!result.ok) problem(result.message);
  }
  const { revision, tables } = workspace.snapshot();
  const stop = workspace.onUpdate(show);
  const { domains, ladders } = tables;
  show({ revision, tables: { domains: { put: domains, drop: [] }, ladders: { put: ladders, drop: [] } } });
  const status = await ending.after(options.forMs, () => explanation?.isAllLive ?? wasReached);
  stop(); // what goes because the program goes is no news
  if (explanation !== undefined) {
    const tellAll = options.isJson ? explanationJson : explanationText;
    process.stdout.write(tellAll(explanation.explained));
  }
  await workspace.close();
  resolvers.close();
  await Promise.all([keylog?.close(), transcript?.close()]);
  return status;
}

/** Follows the ladders until every domain is live or has failed, and calls for the end. */
function explaining(explanation: Explanation, ending: Ending): (update: Update) => void {
  let isDecided = false;
  const end = (): void => ending.end(explanation.isAllLive ? 0 : 1);
  return (update) => {
    explanation.take(update);
    const { progress } = explanation;
    if (progress === 'complete') end();
    else if (progress === 'decided' && !isDecided) {
      isDecided = true;
      systemClock.at(systemClock.nowMs() + FIRST_DATA_MS, end);
    }
  };
}
