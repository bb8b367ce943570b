import { types } from 'node:util';
import vm from 'node:vm';

/** What a call came to that was not allowed to take for ever. */
export type Guarded<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'hangs' };

const SCRIPT = new vm.Script('call()');

/** Calls a function and gives it up once it has not come back for `limitMs`. What it throws is thrown. */
export function guarded<Value>(call: () => Value, limitMs: number): Guarded<Value> {
  try {
    // Only a script can be given up from outside; what it calls is given up with it.
    return { kind: 'done', value: SCRIPT.runInContext(vm.createContext({ call }), { timeout: limitMs }) };
  } catch (error) {
    if (isGivenUp(error)) return { kind: 'hangs' };
    throw error;
  }
}

/** The error comes from the script's own context, where `Error` is another. */
function isGivenUp(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
