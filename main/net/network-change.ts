import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { subnetDomain } from '../../protocol/dnssd/domains.ts';
import type { Clock } from './clock.ts';
import type { Gateway } from './gateway.ts';
import { machineGateway } from './gateway.ts';
import { RESOLV_CONF, RESOLVED_CONF } from './system-dns.ts';

/** How often the machine is looked at while anybody listens. */
const LOOK_MS = 5000;
/** Networks come and go in steps: what has changed is told when it has kept still for this long, or after the limit. */
const SETTLE_MS = 1000;
const SETTLE_LIMIT_MS = 10_000;

/** One address of an interface, as `os.networkInterfaces()` gives it. */
export interface InterfaceAddress {
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly cidr: string | null;
  readonly mac: string;
  readonly internal: boolean;
}

/** What of the machine is looked at. */
export interface NetworkSources {
  readonly interfaces: () => Readonly<Record<string, readonly InterfaceAddress[] | undefined>>;
  /** The router that its traffic leaves by, where the system tells. */
  readonly gateway: () => Gateway | undefined;
  /** The files that change with the resolvers, where the platform has any. */
  readonly files: readonly string[];
  /** The text of a file; undefined when it cannot be read. */
  readonly read: (file: string) => string | undefined;
}

/** The network that the machine is on now. */
export interface NetworkState {
  /** Whether it has any address that reaches further than its own link. */
  readonly isConnected: boolean;
}

/** On Windows, and for the domains of a VPN on macOS, only the interfaces tell. */
const FILES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [RESOLV_CONF, RESOLVED_CONF],
  darwin: ['/var/run/resolv.conf'],
};

/** This machine. */
export const MACHINE_NETWORK: NetworkSources = {
  interfaces: networkInterfaces,
  gateway: machineGateway,
  files: FILES[process.platform] ?? [],
  read: (file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};

type Listener = (state: NetworkState) => void;

/** A network that differs from the one that was told last. */
interface Unsettled {
  readonly mark: string;
  /** When this one was first seen, and when any other than the told one was. */
  readonly seenMs: number;
  readonly sinceMs: number;
}

/**
 * Tells when the machine is on another network: other interfaces, other addresses, another router or other resolvers. Node has no way to be
 * told by the system, so it looks from time to time; a look takes a fraction of a millisecond. What changes and changes
 * back within a second is nothing, and neither is another address of the same IPv6 subnet, which comes every day (RFC 8981).
 */
export class NetworkChange {
  readonly #clock: Clock;
  readonly #sources: NetworkSources;
  readonly #listeners = new Set<Listener>();
  /** The network that was told last, or was there when the first one began to listen. */
  #told = '';
  #unsettled: Unsettled | undefined;
  #stopTimer = (): void => undefined;

  constructor(clock: Clock, sources: NetworkSources = MACHINE_NETWORK) {
    this.#clock = clock;
    this.#sources = sources;
  }

  /** Calls back after every change from now on, never within this call. Returns the way to end it, which may be used twice. */
  onChange(listener: Listener): () => void {
    const own: Listener = (state) => listener(state);
    if (this.#listeners.size === 0) this.#begin();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#stopTimer();
    };
  }

  /** The network as it is at this moment, settled or not. */
  get state(): NetworkState {
    const { isConnected } = networkGlance(this.#sources);
    return { isConnected };
  }

  /** Looks now instead of within seconds: for when the machine wakes. */
  look(): void {
    if (this.#listeners.size === 0) return;
    const { mark, isConnected } = networkGlance(this.#sources);
    if (mark === this.#told) this.#unsettled = undefined;
    else {
      const nowMs = this.#clock.nowMs();
      const before = this.#unsettled;
      const seenMs = before?.mark === mark ? before.seenMs : nowMs;
      const sinceMs = before?.sinceMs ?? nowMs;
      this.#unsettled = { mark, seenMs, sinceMs };
      const isSettled = nowMs - seenMs >= SETTLE_MS || nowMs - sinceMs >= SETTLE_LIMIT_MS;
      if (isSettled) return this.#tell(mark, isConnected);
    }
    this.#lookIn(this.#unsettled === undefined ? LOOK_MS : SETTLE_MS);
  }

  #begin(): void {
    this.#told = networkGlance(this.#sources).mark;
    this.#unsettled = undefined;
    this.#lookIn(LOOK_MS);
  }

  #tell(mark: string, isConnected: boolean): void {
    this.#told = mark;
    this.#unsettled = undefined;
    this.#lookIn(LOOK_MS);
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) listener({ isConnected });
    }
  }

  #lookIn(delayMs: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#clock.at(this.#clock.nowMs() + delayMs, () => this.look());
  }
}

/** What a look at the machine shows: a text that differs on another network, and whether it is on one at all. */
export interface NetworkGlance extends NetworkState {
  readonly mark: string;
}

/** Looks at the machine, which takes a fraction of a millisecond. */
export function networkGlance({ interfaces, gateway, files, read }: NetworkSources): NetworkGlance {
  const places = Object.entries(interfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap((address) => (isOwn(address) ? [] : [`${name} ${address.mac} ${placeOf(address)}`])),
  );
  const texts = files.map((file) => read(file) ?? '');
  return {
    mark: JSON.stringify([[...new Set(places)].sort(), texts, gateway() ?? null]),
    isConnected: places.length > 0,
  };
}

/** Addresses that are there on any network, or on none: loopback, and those of the link itself. */
function isOwn({ address, internal }: InterfaceAddress): boolean {
  return internal || /^fe[89ab]/i.test(address) || address.startsWith('169.254.');
}

/** The address, or of IPv6 the subnet: within one, temporary addresses take turns (RFC 8981 §3.4). */
function placeOf({ address, family, cidr }: InterfaceAddress): string {
  return family === 'IPv6' && cidr !== null ? (subnetText(cidr) ?? address) : address;
}

/** `2001:db8:1:2::5/64` as the name of its subnet; undefined for what is no subnet. */
function subnetText(cidr: string): string | undefined {
  const [address = '', bits = ''] = cidr.split('/');
  return subnetDomain(address, Number(bits))?.toString();
}
