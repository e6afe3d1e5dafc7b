import type { EntityManager } from '@vss/db';
import { CallFinished, CallPickedUp, CallRang, CallStarted, LeadMatched, on, type Message, type Route } from '@vss/events';
import { byMessage } from '../cause.js';
import { lockSlot } from '../slots/index.js';
import { callIn, type CallLifecycle } from './call.lifecycle.js';
import type { CallProgress } from './call.rules.js';
import type { CallService } from './call.service.js';

interface Report {
  readonly hubId: string;
  readonly slotId: string;
  readonly callId: string;
  readonly at: string;
}

/** What hub-runners tell of calls, and the link that crm finds. */
export function callRoutes({ lifecycle, calls }: { lifecycle: CallLifecycle; calls: CallService }): Route<EntityManager>[] {
  /**
   * The locked slot and the call that it is in, when the report is about that call and from its own hub. A report of a
   * call that has ended here finds none: whatever it says comes too late to change the call or its CDR.
   */
  async function liveCall(tx: EntityManager, { hubId, slotId, callId }: Report) {
    const slot = await lockSlot(tx, slotId);
    if (!slot || slot.hubId !== hubId || slot.callId !== callId) return undefined;
    const call = await callIn(tx, slot);
    return call ? { slot, call } : undefined;
  }

  const progress = (heard: CallProgress) => async (tx: EntityManager, report: Report, message: Message) => {
    const live = await liveCall(tx, report);
    if (live) await lifecycle.progress(tx, live.slot, live.call, heard, new Date(report.at), byMessage(message));
  };

  return [
    on(CallStarted, progress('STARTED')),
    on(CallRang, progress('RANG')),
    on(CallPickedUp, progress('PICKED_UP')),
    on(CallFinished, async (tx: EntityManager, report, message) => {
      const live = await liveCall(tx, report);
      if (live) await lifecycle.end(tx, live.slot, live.call, { ...report, at: new Date(report.at) }, byMessage(message));
    }),
    on(LeadMatched, (tx: EntityManager, { callId, leadId }, message) => calls.link(tx, callId, leadId, byMessage(message))),
  ];
}
