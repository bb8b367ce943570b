import { useState } from 'react';
import { AnchorChoice } from './anchor-choice.tsx';
import { DomainReaches } from './domain-reaches.tsx';
import { NoticeChoice } from './notice-choice.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { PausingChoices } from './pausing-choices.tsx';
import type { SettingsApi, Theme } from '../../main/contract/settings.ts';

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** The settings: the theme, when to stop watching, on which networks to ask, how domains are reached, the keys of DNSSEC, where things are kept, and which versions run. */
export function SettingsPage({ api }: { readonly api: SettingsApi }) {
  return (
    <main className="settings">
      <h1>Settings</h1>
      <ThemeChoice api={api} />
      <PausingChoices api={api} />
      <NoticeChoice api={api} />
      <PlaceChoice api={api} />
      <DomainReaches api={api} />
      <AnchorChoice api={api} />
      <DataFolder api={api} />
      <section className="setting" aria-labelledby="versions-title">
        <h2 id="versions-title">Versions</h2>
        <dl className="versions">
          {api.versions().map(([name, version]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{version}</dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  );
}

function ThemeChoice({ api }: { readonly api: SettingsApi }) {
  const [theme, setTheme] = useState(() => api.theme());
  const choose = (next: Theme): void => {
    api.setTheme(next);
    setTheme(next);
  };
  return (
    <section className="setting" aria-labelledby="theme-title">
      <h2 id="theme-title">Theme</h2>
      <div className="segments" role="radiogroup" aria-labelledby="theme-title">
        {THEMES.map(([value, label]) => (
          <label key={value} className="segment">
            <input
              type="radio"
              name="theme"
              value={value}
              checked={theme === value}
              onChange={() => choose(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </section>
  );
}

function DataFolder({ api }: { readonly api: SettingsApi }) {
  const [problem, setProblem] = useState('');
  const open = async (): Promise<void> => setProblem(await api.openDataFolder());
  return (
    <section className="setting" aria-labelledby="data-title">
      <h2 id="data-title">Data folder</h2>
      <p className="setting-text">Your domains, settings and log are kept here and nowhere else.</p>
      <div className="folder">
        <code>{api.dataFolder()}</code>
        <button type="button" className="button" onClick={() => void open() /* what went wrong is shown */}>
          Open
        </button>
      </div>
      {problem === '' ? null : (
        <p className="field-hint field-refusal" role="alert">
          The folder couldn’t be opened: {problem}
        </p>
      )}
    </section>
  );
}
