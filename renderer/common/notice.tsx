import type { ReactNode } from 'react';

/** A state that fills its pane: what happened, what it means, and what can be done. */
export function Notice({
  title,
  children,
  action,
}: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="notice">
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action === undefined ? null : <div className="notice-actions">{action}</div>}
    </div>
  );
}
