import { z } from 'zod';
import { StartError } from './errors.js';

/**
 * Reads a process's settings. Every problem is reported at once, by the variable's name, so that one
 * look at the message is enough to put all of them right. An empty variable counts as absent.
 */
export function loadConfig<T extends z.ZodType>(schema: T, env: Readonly<Record<string, string | undefined>>): z.output<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new StartError(`Settings are wrong. ${problems.join('; ')}`);
}

/** A TCP port; 0 lets the system choose one. */
export const portSetting = z.coerce.number().int().min(0).max(65_535);

/** `on`/`true`/`1` and `off`/`false`/`0`. */
export const switchSetting = z
  .enum(['on', 'true', '1', 'off', 'false', '0'])
  .transform((value) => value === 'on' || value === 'true' || value === '1');
