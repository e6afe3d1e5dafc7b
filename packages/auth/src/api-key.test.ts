import { describe, expect, it } from 'vitest';
import { API_KEY_PATTERN, apiKeyHash, isApiKey, looksLikeApiKey, newApiKey } from './api-key.js';

describe('an API key', () => {
  it('is found in any text by its pattern, and shows only its beginning', () => {
    const { key, prefix } = newApiKey();
    expect(API_KEY_PATTERN.exec(`curl -H "authorization: Bearer ${key}" https://vss.example`)?.[0]).toBe(key);
    expect(key).toMatch(new RegExp(`^${prefix}_\\w{49}$`));
    expect(prefix).toMatch(/^vss_\w{8}$/);
    expect([looksLikeApiKey(key), looksLikeApiKey('eyJhbGciOiJFZERTQSJ9.e30.sig')]).toEqual([true, false]);
  });

  it('is told from what was mistyped or cut off', () => {
    const { key } = newApiKey();
    const at = 20;
    const mistyped = key.slice(0, at) + (key[at] === 'a' ? 'b' : 'a') + key.slice(at + 1);
    expect([key, mistyped, key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`, '', 'vss_'].map(isApiKey)).toEqual([true, false, false, false, false, false, false, false]);
  });

  it('is another one each time, as is what is stored of it', () => {
    const keys = Array.from({ length: 1_000 }, () => newApiKey().key);
    expect(new Set(keys.map(apiKeyHash)).size).toBe(1_000);
    expect(keys.every(isApiKey)).toBe(true);
    for (const key of keys) expect(apiKeyHash(key)).not.toContain(key.slice(13));
  });
});
