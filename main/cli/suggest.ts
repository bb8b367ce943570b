import type { EnumerationBase } from '../browse/enumeration.ts';
import { suggestDomains } from '../browse/enumeration.ts';
import { printable } from '../browse/printable.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Resolver } from '../net/resolver.ts';

/** Prints which domains the bases suggest, with the records that say so; the exit status, 1 when there is none. */
export async function suggest(
  bases: readonly EnumerationBase[],
  resolver: Resolver,
  isJson: boolean,
  print: (text: string) => void,
): Promise<number> {
  const suggestions = await suggestDomains(bases, resolver);
  if (isJson) print(`${JSON.stringify({ asked: bases.map(({ origin }) => origin), suggestions })}\n`);
  else print(suggestionText(suggestions, bases));
  return suggestions.length > 0 ? 0 : 1;
}

function suggestionText(suggestions: readonly Suggestion[], bases: readonly EnumerationBase[]): string {
  const lines = suggestions.flatMap(({ name, isDefault, sources }) => [
    isDefault ? `${name} (the default)` : name,
    ...sources.map((source) => `  ${source}`),
  ]);
  const none = [
    'Your network suggests no domain. That is common: ask your administrator for the DNS-SD browse domain.',
    ...bases.map(({ origin }) => `  asked for ${origin}`),
  ];
  return (lines.length > 0 ? lines : none).map((line) => `${printable(line)}\n`).join('');
}
