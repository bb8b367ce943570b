import { useEffect, useState } from 'react';
import type { PauseChoice, Pausing } from '../../main/contract/pausing.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** An hour, which is also what the main process takes at most. */
const MAX_SECONDS = 3600;

/** When Herald stops watching: whether being out of sight is enough, for how long, and what closing the window does. */
export function PausingChoices({ api }: { readonly api: SettingsApi }) {
  const [pausing, setPausing] = useState<Pausing | null>(null);
  useEffect(() => {
    void api.pausing().then(setPausing); // the choices show themselves when they come
  }, [api]);
  if (pausing === null) return null;
  const { pauseOnHide, graceSeconds, closeToTray, trayProblem, blindSpot } = pausing;
  const choose = async (part: Partial<PauseChoice>): Promise<void> =>
    setPausing(await api.setPausing({ pauseOnHide, graceSeconds, closeToTray, ...part }));
  return (
    <section className="setting" aria-labelledby="pausing-title">
      <h2 id="pausing-title">Out of sight</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={pauseOnHide}
          onChange={(event) => void choose({ pauseOnHide: event.target.checked }) /* shown when it holds */}
        />
        <span>Stop watching while nobody can see the window</span>
      </label>
      <p className="setting-text choice-text">
        A list that is hidden, minimised, covered or locked away is then not kept up to date, which spares its
        servers. What changed meanwhile shows when you are back.{blindSpot === null ? '' : ` ${blindSpot}`}
      </p>
      <label className="choice-text choice-number">
        <span>After</span>
        <GraceField
          seconds={graceSeconds}
          isDisabled={!pauseOnHide}
          onChange={(seconds) => void choose({ graceSeconds: seconds }) /* shown when it holds */}
        />
        <span>seconds</span>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={closeToTray && trayProblem === null}
          disabled={trayProblem !== null}
          onChange={(event) => void choose({ closeToTray: event.target.checked }) /* shown when it holds */}
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
function GraceField(props: {
  readonly seconds: number;
  readonly isDisabled: boolean;
  readonly onChange: (seconds: number) => void;
}) {
  const { seconds, isDisabled, onChange } = props;
  const [text, setText] = useState(String(seconds));
  const type = (typed: string): void => {
    setText(typed);
    const number = Number(typed);
    if (typed.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= MAX_SECONDS)
      onChange(number);
  };
  return (
    <input
      className="text-field"
      type="number"
      min={0}
      max={MAX_SECONDS}
      value={text}
      disabled={isDisabled}
      onChange={(event) => type(event.target.value)}
      onBlur={() => setText(String(seconds))}
    />
  );
}
