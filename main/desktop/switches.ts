/** The switches of the application. Chromium and Electron have their own, so what is not ours is left to them. */
export type Switches =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      /** Run the embedded demo network and watch its domains. */
      readonly isDemo: boolean;
      /** Nothing comes or goes in the demo network by itself. */
      readonly isQuiet: boolean;
      /** End with status 0 as soon as every domain is live and its services are on the screen. */
      readonly isOnce: boolean;
    };

/** What `--help` prints. */
export const USAGE = `Usage: herald [--demo [--quiet]] [--once] [--user-data-dir=FOLDER]

  --demo     run a network of two domains inside Herald and watch it
  --quiet    let nothing come or go in that network by itself
  --once     end as soon as every domain is live and its services are on the screen
  --help     print this
  --version  print the version

With HERALD_SCREENSHOT=FILE.png in the environment every change is printed as a line, and the file is kept to what the
window shows.
`;

/** Reads our switches from the arguments of the process, as Chromium spells them: in any case, anywhere. */
export function parseSwitches(argv: readonly string[]): Switches {
  const given = new Set(argv.map((argument) => argument.toLowerCase()));
  if (given.has('--help')) return { kind: 'help' };
  if (given.has('--version')) return { kind: 'version' };
  return {
    kind: 'run',
    isDemo: given.has('--demo'),
    isQuiet: given.has('--quiet'),
    isOnce: given.has('--once'),
  };
}
