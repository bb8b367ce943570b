import type { ServiceCheck as Check } from '../../main/contract/service-check.ts';
import type { Verdict } from '../../main/contract/ladder.ts';
import { Bdi } from '../common/bdi.tsx';
import { VerdictGlyph } from '../why/verdict-glyph.tsx';
import type { CheckState } from './use-service-check.ts';

/** The signs that the ladder has for the same. */
const GLYPHS: Readonly<Record<Check['verdict'], Verdict>> = {
  reachable: 'passed',
  unreachable: 'failed',
  uncheckable: 'not-tried',
};

/** What a person does who doubts that a service is there, and what came of it. */
export function ServiceCheck(props: {
  /** The `id` of the row of the service. */
  readonly id: string;
  readonly state: CheckState;
  readonly onCheck: (id: string) => void;
}) {
  const { id, onCheck } = props;
  const state =
    props.state.kind === 'none' || props.state.id === id ? props.state : { kind: 'none' as const };
  const isUnderWay = state.kind === 'under-way';
  return (
    <div className="check">
      <button
        type="button"
        className="button"
        aria-disabled={isUnderWay}
        aria-keyshortcuts="Control+R Meta+R"
        title="Try a connection to its host and port (Ctrl+R, ⌘R on a Mac)"
        onClick={() => onCheck(id)}
      >
        {isUnderWay ? 'Checking…' : 'Check this service'}
      </button>
      <p className="check-result" role="status">
        {state.kind === 'told' ? (
          <>
            <VerdictGlyph verdict={GLYPHS[state.verdict]} />
            <Bdi text={state.text} />
          </>
        ) : null}
      </p>
    </div>
  );
}
