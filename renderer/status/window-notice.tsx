import { useContext, useState } from 'react';
import { StoreContext, useStore } from '../use-store.ts';

/** The main process reloads a window that broke down under this address. */
const RESTARTED = '#restarted';

/** What a person should know of the window itself: that it had to restart, or that it has lost the main process. */
export function WindowNotice() {
  const store = useContext(StoreContext);
  const footing = useStore((state) => state.footing);
  const [hasRestarted, setHasRestarted] = useState(() => location.hash === RESTARTED);
  if (footing.kind === 'lost') {
    return (
      <div className="window-notice" role="alert">
        <p>
          <strong>Herald doesn’t answer this window.</strong> What is shown may be out of date.
        </p>
        <button type="button" className="button" onClick={() => store?.retry()}>
          Try again
        </button>
      </div>
    );
  }
  if (!hasRestarted) return null;
  return (
    <div className="window-notice" role="status">
      <p>
        <strong>The window had to restart.</strong> Your domains and settings are safe.
      </p>
      <button type="button" className="button" onClick={() => setHasRestarted(false)}>
        Dismiss
      </button>
    </div>
  );
}
