import { unreachable } from '../../protocol/errors.ts';
import type { Edit } from '../../main/browse/testing/history-steps.ts';
import type { DnsWeather } from './dns-gate.ts';
import type { Weather } from './pipe.ts';
import type { CertificateKind } from './push-site.ts';
import type { Cutting } from './tls-front.ts';
import type { Direction } from './wire-gate.ts';

/** The push servers: `office` for two zones, `attic` for one inside of those, `shop` for another, and `spare` where that is not to be had. */
export const SITES = ['office', 'attic', 'shop', 'spare'] as const;
export type SiteName = (typeof SITES)[number];

/** One thing that happens to the world. Faults last until it comes to rest. */
export type ChaosStep =
  | {
      readonly kind: 'edit';
      readonly zone: string;
      readonly edits: readonly Edit[];
      /** As an UPDATE over the network, or in the server's memory. */
      readonly via: 'update' | 'memory';
    }
  | { readonly kind: 'reload'; readonly zone: string; readonly lines: readonly string[] }
  | { readonly kind: 'weather'; readonly site: SiteName; readonly weather: Exclude<Weather, 'clear'> }
  | { readonly kind: 'cutting'; readonly site: SiteName; readonly cutting: Exclude<Cutting, 'whole'> }
  | { readonly kind: 'dns'; readonly weather: Exclude<DnsWeather, 'clear'> }
  | { readonly kind: 'reset' | 'shut'; readonly site: SiteName }
  | { readonly kind: 'half-close' | 'flip'; readonly site: SiteName; readonly direction: Direction }
  | { readonly kind: 'restart'; readonly site: SiteName; readonly how: 'orderly' | 'crash' }
  | {
      readonly kind: 'certificate';
      readonly site: SiteName;
      readonly which: Exclude<CertificateKind, 'good'>;
    }
  | { readonly kind: 'watch' | 'remove' | 'again'; readonly domain: string }
  /** Nobody looks, or somebody does again; `suspect`: the machine or its network may have changed. */
  | { readonly kind: 'pause' | 'resume' | 'suspect' }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Everything works again, and what is shown must be what the zones hold; then nothing happens for so long. */
  | { readonly kind: 'rest'; readonly calmMs: number };

/**
 * What a client has to make of a step. `none`: its sessions outlive it. `drop`: a session is lost, and one that was useful is
 * renewed at once (RFC 8490 §6.6.3.2), or after the 2 s at most that these servers ask for. `renewal`: the client may end sessions, and begins them anew soon. `wait`: the next attempt may be due after more than 10 s: attempts that fail wait ever
 * longer, and a server that drops its client before it was useful is left alone for an hour, as is one that asks for it.
 */
export type Cost = 'none' | 'renewal' | 'drop' | 'wait';

/** What a step costs when nothing else is wrong. */
export function costOf(step: ChaosStep): Cost {
  switch (step.kind) {
    case 'edit':
    case 'reload':
    case 'weather':
    case 'cutting':
    case 'dns':
    case 'wait':
    case 'rest':
      return 'none';
    case 'pause':
    case 'resume':
    case 'suspect':
      return 'renewal';
    case 'reset':
    case 'half-close':
      return 'drop';
    case 'restart': // nobody is let in meanwhile, so that the attempt at once fails; who was told when to come does then
      return step.how === 'orderly' ? 'drop' : 'wait';
    case 'shut': // so does whoever comes
    case 'flip': // it may hit a handshake
    case 'certificate':
      return 'wait';
    case 'watch':
    case 'remove':
    case 'again':
      return 'wait'; // what is watched anew begins with all that is wrong just then
    default:
      return unreachable(step);
  }
}

/** The faults of the report: each is a kind of step, with what it does where that differs. */
export function faultName(step: ChaosStep): string | undefined {
  switch (step.kind) {
    case 'edit':
      return `edit by ${step.via}`;
    case 'weather':
      return `wire ${step.weather}`;
    case 'cutting':
      return `messages cut: ${step.cutting}`;
    case 'dns':
      return `DNS ${step.weather}`;
    case 'half-close':
    case 'flip':
      return `${step.kind} ${step.direction}`;
    case 'restart':
      return `restart ${step.how}`;
    case 'certificate':
      return `certificate ${step.which}`;
    case 'reload':
    case 'reset':
    case 'shut':
    case 'watch':
    case 'remove':
    case 'again':
    case 'pause':
    case 'resume':
    case 'suspect':
      return step.kind;
    case 'wait':
    case 'rest':
      return undefined;
    default:
      return unreachable(step);
  }
}

/** A step as somebody would tell it. */
export function stepText(step: ChaosStep): string {
  switch (step.kind) {
    case 'edit': {
      const edits = step.edits.map(({ how, line }) => `${how === 'add' ? '+' : '-'} ${line}`).join(' | ');
      return `${step.zone} by ${step.via}: ${edits}`;
    }
    case 'reload':
      return `${step.zone} is replaced: ${step.lines.join(' | ')}`;
    case 'weather':
      return `the wire to ${step.site} is in ${step.weather} weather`;
    case 'cutting':
      return `messages to and from ${step.site} are cut: ${step.cutting}`;
    case 'dns':
      return `DNS answers are in ${step.weather} weather`;
    case 'reset':
      return `connections to ${step.site} are reset`;
    case 'shut':
      return `${step.site} lets nobody in`;
    case 'half-close':
      return `connections to ${step.site} are half closed, ${step.direction}`;
    case 'flip':
      return `a bit of what goes ${step.direction} at ${step.site} is flipped`;
    case 'restart':
      return `${step.site} restarts, ${step.how}`;
    case 'certificate':
      return `${step.site} restarts with a certificate that is ${step.which}`;
    case 'watch':
    case 'remove':
    case 'again':
      return `${step.kind} ${step.domain}`;
    case 'pause':
      return 'everything is paused';
    case 'resume':
      return 'everything is resumed';
    case 'suspect':
      return 'the machine or its network may have changed';
    case 'wait':
      return `${step.ms} ms pass`;
    case 'rest':
      return `all is well again; calm for ${step.calmMs} ms`;
    default:
      return unreachable(step);
  }
}
