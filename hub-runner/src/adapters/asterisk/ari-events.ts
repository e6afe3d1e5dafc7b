import { z } from 'zod';

/** What of ARI's events matters to a call. */
export type PbxEvent =
  /** The channel was answered and is ours to direct. */
  | { readonly kind: 'entered'; readonly channelId: string; readonly at: Date }
  | { readonly kind: 'ringing'; readonly channelId: string; readonly at: Date }
  /** By the other side (no `ours`), or by our order. */
  | { readonly kind: 'hangup-requested'; readonly channelId: string; readonly at: Date; readonly ours: boolean }
  | { readonly kind: 'gone'; readonly channelId: string; readonly at: Date; readonly cause: number | null; readonly sipCode: number | null };

// `2026-11-23T00:27:21.365+0000`: without the colon that ISO 8601 wants in the offset.
const timestamp = z.string().transform((text, context) => {
  const at = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(at.getTime())) context.addIssue(`not an instant: ${text}`);
  return at;
});
const channel = z.object({ id: z.string(), state: z.string() });
const base = { timestamp };
// A channel that was hung up through ARI carries cause 32, which Q.850 leaves unassigned and no SIP answer maps to.
const OUR_CAUSE = 32;
const cause = z.number().int().nullish();

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), ...base, channel }),
  z.object({ type: z.literal('ChannelStateChange'), ...base, channel }),
  z.object({ type: z.literal('Dial'), ...base, peer: channel, dialstatus: z.string() }),
  z.object({ type: z.literal('ChannelHangupRequest'), ...base, channel, cause }),
  z.object({ type: z.literal('ChannelDestroyed'), ...base, channel, cause, tech_cause: z.number().int().nullish() }),
]);

const READ = new Set(event.options.map((option) => option.shape.type.value as string));

/** Undefined for what says nothing about a call. Throws on an event of a kind that we read but cannot. */
export function parseAriEvent(raw: unknown): PbxEvent | undefined {
  if (!READ.has((raw as { type?: string }).type ?? '')) return undefined;
  const parsed = event.parse(raw);
  const at = parsed.timestamp;
  switch (parsed.type) {
    case 'StasisStart':
      return { kind: 'entered', channelId: parsed.channel.id, at };
    case 'ChannelStateChange':
      return parsed.channel.state === 'Ringing' ? { kind: 'ringing', channelId: parsed.channel.id, at } : undefined;
    case 'Dial':
      // PROGRESS: the far end rings within its early media.
      return ['RINGING', 'PROGRESS'].includes(parsed.dialstatus) ? { kind: 'ringing', channelId: parsed.peer.id, at } : undefined;
    case 'ChannelHangupRequest':
      return { kind: 'hangup-requested', channelId: parsed.channel.id, at, ours: parsed.cause === OUR_CAUSE };
    case 'ChannelDestroyed':
      break;
  }
  return { kind: 'gone', channelId: parsed.channel.id, at, cause: parsed.cause ?? null, sipCode: parsed.tech_cause ?? null };
}
