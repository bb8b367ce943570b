const LOOK_MS = 20;
/** More than this between two looks is time in which this process did not get to run. */
const MOST_MS = 30;

/**
 * Lets time pass, as far as this process got to run in it, until `isEnough` of so many milliseconds of it says so. On a machine that is
 * busy with something else, or stands still, the client and its servers stand still as well.
 */
export async function passTime(isEnough: (passedMs: number) => boolean): Promise<void> {
  let passedMs = 0;
  let lookedMs = performance.now();
  while (!isEnough(passedMs)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const nowMs = performance.now();
    passedMs += Math.min(nowMs - lookedMs, MOST_MS);
    lookedMs = nowMs;
  }
}
