import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

/** A button that is a drawing; `label` says the same to who cannot see it, and `hint` appears under the pointer, with the shortcut. */
export function IconButton({
  icon,
  label,
  hint = label,
  onPress,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: string;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={hint} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
