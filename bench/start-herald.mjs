/** Herald as it is built, which says `ready` when the first service is painted. Run by Electron. */
import { app } from 'electron';

/** Resolves in the page when a line of the list is in the document and two frames have been made since. */
const PAINTED = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('[data-service-id]') === null) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  };
  look();
})`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void contents.executeJavaScript(PAINTED).then(() => process.stdout.write('ready\n'));
  });
});
await import('../out/main/index.js');
