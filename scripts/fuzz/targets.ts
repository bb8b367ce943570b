import { clientTarget } from '../../protocol/testing/fuzz/client-target.ts';
import { discoveryTarget } from '../../protocol/testing/fuzz/discovery-target.ts';
import { framerTarget } from '../../protocol/testing/fuzz/framer-target.ts';
import { messageTarget } from '../../protocol/testing/fuzz/message-target.ts';
import { serverTarget } from '../../protocol/testing/fuzz/server-target.ts';
import { servicesTarget } from '../../protocol/testing/fuzz/services-target.ts';
import { nameTarget, rdataTarget, txtTarget } from '../../protocol/testing/fuzz/text-target.ts';
import { transcriptTarget, transcriptTextTarget } from '../../protocol/testing/fuzz/transcript-target.ts';
import { validationTarget } from '../../protocol/testing/fuzz/validation-target.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { dissectTarget } from './dissect-target.ts';
import { historyTarget } from './history-target.ts';
import { hostileTarget } from './hostile-target.ts';
import { responderTarget } from './responder-target.ts';
import { zoneFileTarget } from './zone-file-target.ts';

/** Everything that reads what strangers write. */
export const TARGETS: readonly FuzzTarget[] = [
  messageTarget,
  framerTarget,
  clientTarget,
  serverTarget,
  servicesTarget,
  discoveryTarget,
  validationTarget,
  transcriptTarget,
  transcriptTextTarget,
  nameTarget,
  txtTarget,
  rdataTarget,
  zoneFileTarget,
  responderTarget,
  dissectTarget,
  hostileTarget,
  historyTarget,
];
