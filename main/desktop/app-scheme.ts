import fs from 'node:fs/promises';
import { protocol } from 'electron';
import { bundledFile } from './bundled-file.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';

/** Announces `app://` as a scheme with an origin of its own; to be called before the application is ready. */
export function announceAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the bundled pages in `folder` as `app://herald/…`, each under the content security policy. */
export function serveAppScheme(folder: string): void {
  protocol.handle('app', async (request) => {
    const bundled = request.method === 'GET' ? bundledFile(request.url, folder) : null;
    const body = bundled === null ? null : await fs.readFile(bundled.file).catch(() => null);
    return new Response(body === null ? 'not found' : new Uint8Array(body), {
      status: body === null ? 404 : 200,
      headers: {
        'Content-Type': body === null || bundled === null ? 'text/plain' : bundled.type,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cache-Control': 'no-cache',
      },
    });
  });
}
