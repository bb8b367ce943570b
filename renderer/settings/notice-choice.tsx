import { useEffect, useState } from 'react';
import type { Noticing } from '../../main/contract/noticing.ts';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** Whether what a person keeps an eye on is told by a notification of the system. */
export function NoticeChoice({ api }: { readonly api: SettingsApi }) {
  const [noticing, setNoticing] = useState<Noticing | null>(null);
  useEffect(() => {
    void api.noticing().then(setNoticing); // the choice shows itself when it comes
  }, [api]);
  if (noticing === null) return null;
  const { notifies, problem } = noticing;
  const choose = async (wanted: boolean): Promise<void> => {
    setNoticing({ ...noticing, notifies: wanted });
    setNoticing(await api.setNoticing({ notifies: wanted }));
  };
  return (
    <section className="setting" aria-labelledby="notices-title">
      <h2 id="notices-title">Notifications</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={notifies && problem === null}
          disabled={problem !== null}
          onChange={(event) => void choose(event.target.checked) /* what holds then is shown */}
        />
        <span>Tell me when something that I watch appears or leaves</span>
      </label>
      <p className="setting-text choice-text">
        {problem ??
          'Watch a service by its star, or a whole domain by that in the sidebar. What happened while Herald was paused is in the window.'}
      </p>
    </section>
  );
}
