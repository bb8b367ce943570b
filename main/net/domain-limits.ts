/**
 * Whether a name of a certificate lies in a domain that an authority is limited to (RFC 5280 §4.2.1.10): the domain itself or
 * below it, below it only where it is written with a dot in front, anything where it is empty. A wildcard stands for many
 * names: `every` asks whether all of them do, `some` whether any does.
 */
export function isWithinDomain(name: string, domain: string, quantity: 'every' | 'some'): boolean {
  const limit = domain.toLowerCase();
  const names = name.toLowerCase();
  if (limit === '' || isAtOrBelow(names, limit)) return true;
  if (quantity === 'every' || !names.startsWith('*.')) return false;
  return isAtOrBelow(limit.replace(/^\./, ''), names.slice(1)); // one of the wildcard's names is the domain, or above it
}

function isAtOrBelow(name: string, domain: string): boolean {
  if (domain.startsWith('.')) return name.endsWith(domain) && name.length > domain.length;
  return name === domain || name.endsWith(`.${domain}`);
}
