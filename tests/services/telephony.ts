import { type Asterisk, startAsterisk } from './asterisk.ts';
import { type Baresip, startBaresip } from './baresip.ts';
import { type Kamailio, startKamailio } from './kamailio.ts';
import { freePort, randomSecret } from './service.ts';
import { type SippUas, type SippUasOptions, startSippCall, startSippUas } from './sipp.ts';

/** PBX, proxy, far end and registered phones, wired to each other as README.md draws them. */
export interface Telephony {
  readonly asterisk: Asterisk;
  readonly kamailio: Kamailio;
  readonly farEnd: SippUas;
  /** By slot. */
  readonly phones: ReadonlyMap<string, Baresip>;
  /** The far end calls us: one at a time. Stop it, or let `stop` do so. */
  callIn(call: { from: string; to: string; talkMs?: number; giveUpMs?: number }): Promise<SippUas>;
  stop(): Promise<void>;
}

export interface TelephonyOptions {
  /** Slots with a phone that is registered and answers at once. */
  slots?: string[];
  farEnd?: SippUasOptions;
}

export async function startTelephony({ slots = ['6001'], farEnd: farEndOptions }: TelephonyOptions = {}): Promise<Telephony> {
  // Each needs to know where the other listens, so some ports are chosen first.
  const [pbxPort, callerPort] = [await freePort(), await freePort()];
  const started: { stop(): Promise<void> }[] = [];
  // Phones first, so that they can still sign off.
  const stop = async () => {
    for (const service of started.splice(0).toReversed()) await service.stop();
  };
  try {
    const farEnd = await startSippUas(farEndOptions);
    started.push(farEnd);
    const kamailio = await startKamailio({ pbxPorts: [pbxPort] });
    started.push(kamailio);
    const asterisk = await startAsterisk({ sipPort: pbxPort, kamailioPort: kamailio.sipPort, providerPort: farEnd.sipPort, callerPort });
    started.push(asterisk);
    const phones = new Map<string, Baresip>();
    for (const slot of slots) {
      const password = randomSecret();
      await kamailio.addSlot(slot, password);
      const phone = await startBaresip({ slot, password, registrarPort: kamailio.sipPort });
      started.push(phone);
      await phone.event('REGISTER_OK');
      phones.set(slot, phone);
    }
    const callIn: Telephony['callIn'] = async (call) => {
      const caller = await startSippCall({ ...call, pbxPort, sipPort: callerPort });
      started.push(caller);
      return caller;
    };
    return { asterisk, kamailio, farEnd, phones, callIn, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
