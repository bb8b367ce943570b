import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SettingsPage } from './settings-page.tsx';
import '../theme/index.css';

const root = document.getElementById('root');
if (root === null || window.heraldSettings === undefined) {
  throw new TypeError('no root or no bridge in the settings window');
}
createRoot(root).render(
  <StrictMode>
    <SettingsPage api={window.heraldSettings} />
  </StrictMode>,
);
