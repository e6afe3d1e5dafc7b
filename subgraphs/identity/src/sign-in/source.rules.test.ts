import { expect, it } from 'vitest';
import { siteOf, sourceOf } from './source.rules.js';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
])('takes %s for the source %s', (address, source) => expect(sourceOf(address)).toBe(source));

it('tells neighbours of another network apart', () => expect(sourceOf('2001:db8:1:2::1')).not.toBe(sourceOf('2001:db8:1:3::1')));

it('knows the site that a network belongs to, where there are sites', () => {
  expect(['2001:db8:1:2::1', '2001:db8:1:ffff::1', '::1'].map((address) => siteOf(sourceOf(address)))).toEqual(['2001:db8:1::/48', '2001:db8:1::/48', '0:0:0::/48']);
  expect(['192.0.2.1', '', 'session ses_1', 'device abc'].map(siteOf)).toEqual(Array(4).fill(undefined));
});
