/** A file that can be chosen in the system's dialog, and put back. */
export function ChosenFile(props: {
  readonly title: string;
  /** What holds while none is chosen. */
  readonly none: string;
  readonly file: string | null;
  /** The name of the button, and the dialog behind it. */
  readonly choose: { readonly name: string; readonly ask: () => Promise<string | null> };
  readonly onChange: (file: string | null) => void;
}) {
  const { title, none, file, choose, onChange } = props;
  const ask = async (): Promise<void> => {
    const chosen = await choose.ask();
    if (chosen !== null) onChange(chosen);
  };
  return (
    <>
      <span>{title}</span>
      {file === null ? <span>{none}</span> : <code>{file}</code>}
      <span className="reach-buttons">
        <button
          type="button"
          className="button"
          aria-label={choose.name}
          onClick={() => void ask() /* what was chosen shows itself */}
        >
          Choose…
        </button>
        {file === null ? null : (
          <button
            type="button"
            className="button"
            aria-label={`Clear ${title.toLowerCase()}`}
            onClick={() => onChange(null)}
          >
            Clear
          </button>
        )}
      </span>
    </>
  );
}
