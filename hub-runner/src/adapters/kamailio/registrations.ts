import { z } from 'zod';
import type { RegistrationEvent } from '../../ports/index.js';

/** A phone's registration as Kamailio's `ul.dump` tells it. */
export interface Binding {
  readonly slotNumber: string;
  readonly contact: string;
  readonly expiresAt: Date;
  /** Changes with each REGISTER. */
  readonly revision: string;
}

const contact = z.object({
  Contact: z.object({
    Address: z.string(),
    // Seconds left; a word such as `deleted` or `expired` when there is nothing left.
    Expires: z.union([z.number(), z.string()]),
    'Call-ID': z.string(),
    CSeq: z.number(),
  }),
});
const dump = z.object({
  Domains: z.array(z.object({ Domain: z.object({ AoRs: z.array(z.object({ Info: z.object({ AoR: z.string(), Contacts: z.array(contact) }) })).optional() }) })),
});

/** Reads the result of `ul.dump`; `at` is when it was asked for. */
export function parseRegistrations(result: unknown, at: Date): Map<string, Binding> {
  const bindings = new Map<string, Binding>();
  for (const { Domain } of dump.parse(result).Domains)
    for (const { Info } of Domain.AoRs ?? [])
      for (const { Contact } of Info.Contacts) {
        if (typeof Contact.Expires !== 'number' || Contact.Expires <= 0) continue;
        const expiresAt = new Date(at.getTime() + Contact.Expires * 1_000);
        bindings.set(Info.AoR, { slotNumber: Info.AoR, contact: Contact.Address, expiresAt, revision: `${Contact['Call-ID']}/${Contact.CSeq}` });
      }
  return bindings;
}

/** What has happened between two looks, for the slots that concern us. */
export function changesBetween(before: ReadonlyMap<string, Binding>, after: ReadonlyMap<string, Binding>, isOurs: (slotNumber: string) => boolean): RegistrationEvent[] {
  const gone = [...before.keys()].filter((slotNumber) => isOurs(slotNumber) && !after.has(slotNumber));
  const fresh = [...after.values()].filter(({ slotNumber, revision }) => isOurs(slotNumber) && before.get(slotNumber)?.revision !== revision);
  return [
    ...gone.map((slotNumber) => ({ kind: 'lost', slotNumber, reason: 'The registration has ended' }) as const),
    ...fresh.map(({ slotNumber, contact: address, expiresAt }) => ({ kind: 'registered', slotNumber, registration: { contact: address, expiresAt } }) as const),
  ];
}

const table = z.array(z.object({ slot: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })) }));

/** Reads the result of `htable.dump`. */
export function parseTable(result: unknown): Map<string, string> {
  return new Map(table.parse(result).flatMap(({ slot }) => slot.map(({ name, value }) => [name, String(value)] as const)));
}
