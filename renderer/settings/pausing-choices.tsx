import { useEffect, useState } from 'react';
import type { PauseChoice, Pausing } from '../../main/contract/pausing.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** An hour and a day, which are also what the main process takes at most. */
const MAX_SECONDS = 3600;
const MAX_MINUTES = 1440;

/**
 * When Herald stops watching: whether being out of sight or away is enough, for how long, and what closing the window does.
 */
export function PausingChoices({ api }: { readonly api: SettingsApi }) {
  const [pausing, setPausing] = useState<Pausing | null>(null);
  useEffect(() => {
    void api.pausing().then(setPausing); // the choices show themselves when they come
  }, [api]);
  if (pausing === null) return null;
  const { trayProblem, blindSpot, ...choice } = pausing;
  const { pauseOnHide, graceSeconds, pauseOnIdle, idleMinutes, keepFavourites, closeToTray } = choice;
  const choose = async (part: Partial<PauseChoice>): Promise<void> => {
    setPausing({ ...pausing, ...part });
    setPausing(await api.setPausing({ ...choice, ...part }));
  };
  return (
    <section className="setting" aria-labelledby="pausing-title">
      <h2 id="pausing-title">When nobody looks</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={pauseOnHide}
          onChange={
            (event) => void choose({ pauseOnHide: event.target.checked }) /* what holds then is shown */
          }
        />
        <span>Stop watching while nobody can see the window</span>
      </label>
      <p className="setting-text choice-text">
        A list that is hidden, minimised, covered or locked away is then not kept up to date, which spares its
        servers. What changed meanwhile shows when you are back.{blindSpot === null ? '' : ` ${blindSpot}`}
      </p>
      <label className="choice-text choice-number">
        <span>After</span>
        <NumberField
          value={graceSeconds}
          range={[0, MAX_SECONDS]}
          isDisabled={!pauseOnHide}
          onChange={(seconds) => void choose({ graceSeconds: seconds }) /* what holds then is shown */}
        />
        <span>seconds</span>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={pauseOnIdle}
          onChange={
            (event) => void choose({ pauseOnIdle: event.target.checked }) /* what holds then is shown */
          }
        />
        <span>Stop watching while nobody uses the computer</span>
      </label>
      <label className="choice-text choice-number">
        <span>After</span>
        <NumberField
          value={idleMinutes}
          range={[1, MAX_MINUTES]}
          isDisabled={!pauseOnIdle}
          onChange={(minutes) => void choose({ idleMinutes: minutes }) /* what holds then is shown */}
        />
        <span>minutes without input, in view or not</span>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={keepFavourites}
          disabled={!pauseOnHide && !pauseOnIdle}
          onChange={
            (event) => void choose({ keepFavourites: event.target.checked }) /* what holds then is shown */
          }
        />
        <span>Keep watching what has a star meanwhile</span>
      </label>
      <p className="setting-text choice-text">
        Notifications of it then come while the window is hidden, too. Pause, sleep and a locked screen still
        stop everything.
      </p>
      <label className="choice">
        <input
          type="checkbox"
          checked={closeToTray && trayProblem === null}
          disabled={trayProblem !== null}
          onChange={
            (event) => void choose({ closeToTray: event.target.checked }) /* what holds then is shown */
          }
        />
        <span>Keep Herald in the tray when its window is closed</span>
      </label>
      <p className="setting-text choice-text">
        {trayProblem ?? 'It starts up faster from there. Quit ends it.'}
      </p>
    </section>
  );
}

/** A number that is taken when it is whole and in range, and put back when it is left while it is not. */
function NumberField(props: {
  readonly value: number;
  /** The least and the greatest. */
  readonly range: readonly [min: number, max: number];
  readonly isDisabled: boolean;
  readonly onChange: (seconds: number) => void;
}) {
  const { value, range, isDisabled, onChange } = props;
  const [min, max] = range;
  const [text, setText] = useState(String(value));
  const type = (typed: string): void => {
    setText(typed);
    const number = Number(typed);
    if (typed.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) onChange(number);
  };
  return (
    <input
      className="text-field"
      type="number"
      min={min}
      max={max}
      value={text}
      disabled={isDisabled}
      onChange={(event) => type(event.target.value)}
      onBlur={() => setText(String(value))}
    />
  );
}
