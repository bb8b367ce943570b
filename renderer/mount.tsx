import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { BrowserApi } from '../main/contract/api.ts';
import { SendContext } from './api-context.ts';
import { App } from './app.tsx';
import { Store } from './store.ts';
import { StoreContext } from './use-store.ts';
import './theme/index.css';

/** Shows the browser window in `element`, fed by `api`. */
export function mountBrowser(element: HTMLElement, api: BrowserApi): void {
  const store = new Store(api, Date.now);
  createRoot(element).render(
    <StrictMode>
      <SendContext value={(command) => api.send(command)}>
        <StoreContext value={store}>
          <App />
        </StoreContext>
      </SendContext>
    </StrictMode>,
  );
}
