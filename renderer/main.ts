import { apiOver } from './bridge.ts';
import { mountBrowser } from './mount.tsx';

const root = document.getElementById('root');
if (root === null || window.herald === undefined)
  throw new TypeError('no root or no bridge in the browser window');
mountBrowser(root, apiOver(window.herald));
