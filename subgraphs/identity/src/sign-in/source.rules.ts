import { isIPv4, isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS_OF_A_NETWORK = 4;

/**
 * Who guesses, as the network tells it. One customer of a provider has a whole /64 of IPv6 addresses, so that is one
 * source; of IPv4 it is the address.
 */
export function sourceOf(address: string): string {
  const [bare = ''] = address.split('%');
  const ipv4 = MAPPED_IPV4.exec(bare)?.[1];
  if (ipv4 && isIPv4(ipv4)) return ipv4;
  return isIPv6(bare) ? networkOf(bare) : bare;
}

/** The site that an IPv6 network is part of, a /48: a rented server may come with one, and it holds 65,536 networks. */
export const siteOf = (source: string): string | undefined => /^(?<site>[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):[0-9a-f]+::\/64$/.exec(source)?.groups?.['site']?.concat('::/48');

function networkOf(ipv6: string): string {
  // The URL parser writes every spelling of an address as one, with at most one `::`.
  const { hostname } = new URL(`http://[${ipv6}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const groups = tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${groups.slice(0, GROUPS_OF_A_NETWORK).join(':')}::/64`;
}
