import { useEffect, useState } from 'react';
import type { SettingsApi } from '../../main/contract/settings.ts';

/** The keys that DNSSEC begins with: the root's, which come with Herald, or those in a file. */
export function AnchorChoice({ api }: { readonly api: SettingsApi }) {
  const [file, setFile] = useState<string | null | undefined>(undefined);
  const [note, setNote] = useState<{ readonly text: string; readonly isRefusal: boolean } | null>(null);
  useEffect(() => {
    void api.anchors().then((anchors) => setFile(anchors.file)); // it shows itself when it comes
  }, [api]);
  if (file === undefined) return null;
  const take = async (next: string | null): Promise<void> => {
    const result = await api.setAnchors(next);
    if (result.ok) setFile(next);
    setNote(
      result.ok
        ? { text: 'This holds from the next start of Herald on.', isRefusal: false }
        : { text: result.message, isRefusal: true },
    );
  };
  const choose = async (): Promise<void> => {
    const chosen = await api.chooseAnchors();
    if (chosen !== null) await take(chosen);
  };
  return (
    <section className="setting" aria-labelledby="anchors-title">
      <h2 id="anchors-title">DNSSEC keys</h2>
      <p className="setting-text">
        Signatures of DNS are checked from the keys of the root on, which come with Herald. A network with a
        root of its own needs its keys instead: a file with DS or DNSKEY records.
      </p>
      <div className="folder">
        <code>{file ?? 'The root’s keys'}</code>
        <button type="button" className="button" onClick={() => void choose() /* the result is shown */}>
          Choose a file…
        </button>
        {file === null ? null : (
          <button type="button" className="button" onClick={() => void take(null) /* as above */}>
            Use the root’s
          </button>
        )}
      </div>
      {note === null ? null : (
        <p
          className={note.isRefusal ? 'field-hint field-refusal' : 'field-hint'}
          role={note.isRefusal ? 'alert' : 'status'}
        >
          {note.text}
        </p>
      )}
    </section>
  );
}
