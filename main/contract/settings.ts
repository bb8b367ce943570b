/** What the preload of the settings window gives it, as `window.heraldSettings`. The browser window has none of this. */
import type { AnchorChoice, AnchorResult } from './anchors.ts';
import type { NoticeChoice, Noticing } from './noticing.ts';
import type { PauseChoice, Pausing } from './pausing.ts';
import type { Placing } from './placing.ts';
import type { Reach, ReachResult } from './reach.ts';

/** Which colours the windows take: the system's choice, or one that is kept whatever the system says. */
export type Theme = 'system' | 'light' | 'dark';

/** What the settings window shows and may do. */
export interface SettingsApi {
  /** The version of Herald and of what it runs on, such as `Electron` and its version, in the order shown. */
  versions(): readonly (readonly [name: string, version: string])[];
  theme(): Theme;
  /** Takes effect in every window at once and is kept. */
  setTheme(theme: Theme): void;
  /** How each domain is reached, but those of the demo network. */
  reaches(): Promise<readonly Reach[]>;
  /** Reaches a domain in another way, at once and for good. */
  setReach(reach: Reach): Promise<ReachResult>;
  /** When Herald stops watching. */
  pausing(): Promise<Pausing>;
  /** Changes that, at once and for good; the answer is what holds then. */
  setPausing(choice: PauseChoice): Promise<Pausing>;
  /** Whether Herald notifies of favourites. */
  noticing(): Promise<Noticing>;
  /** Changes that, at once and for good; the answer is what holds then. */
  setNoticing(choice: NoticeChoice): Promise<Noticing>;
  /** Whether domains are kept from networks that they do not belong to. */
  placing(): Promise<Placing>;
  /** Changes that, at once and for good; the answer is what holds then. */
  setPlacing(choice: Placing): Promise<Placing>;
  /** From which keys DNSSEC is checked. */
  anchors(): Promise<AnchorChoice>;
  /** Takes the keys in a file, or with null the root's again, from the next start on. */
  setAnchors(file: string | null): Promise<AnchorResult>;
  /** Asks for a file with keys in the system's dialog; null when none was chosen. */
  chooseAnchors(): Promise<string | null>;
  /** Asks for a file with certificates in the system's dialog; null when none was chosen. */
  chooseCertificates(): Promise<string | null>;
  /** The same for a file with a certificate of the user's own, or with its key. */
  chooseIdentity(): Promise<string | null>;
  /** The folder that holds everything Herald keeps, as an absolute path. */
  dataFolder(): string;
  /** Opens that folder in the system's file manager; the answer is empty, or says why it could not. */
  openDataFolder(): Promise<string>;
}
