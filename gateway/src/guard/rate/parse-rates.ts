import { DEFAULT_RATES, type Rate, type RateSettings } from './rate-limiter.js';

/** `default=3000000/12000,anonymous=100000/1200`: points and requests a minute, by role. Throws naming what is wrong. */
export function parseRates(text: string): RateSettings {
  const roles: Record<string, Rate> = { ...DEFAULT_RATES.roles };
  let { otherwise } = DEFAULT_RATES;
  for (const entry of text.split(',').map((part) => part.trim()).filter(Boolean)) {
    const [, role = '', points, requests] = /^([\w-]+)=(\d+)\/(\d+)$/.exec(entry) ?? [];
    const rate = { points: Number(points), requests: Number(requests) };
    if (!(rate.points > 0 && rate.requests > 0)) throw new Error(`"${entry}" is not role=points/requests`);
    if (role === 'default') otherwise = rate;
    else roles[role] = rate;
  }
  return { roles, otherwise };
}
