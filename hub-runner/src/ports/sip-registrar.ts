/** What is asked of a SIP registrar: let a slot register, and say whether it has. */
export interface SipRegistrar {
  /** Lets the slot register with this password; again does no harm. */
  provision(slot: { number: string; kind: SlotKind; password: string }, signal: AbortSignal): Promise<void>;
  /** Takes the slot's credentials and its registration away; one that is not there is no error. */
  remove(slotNumber: string, signal: AbortSignal): Promise<void>;
  registration(slotNumber: string, signal: AbortSignal): Promise<Registration | undefined>;
  /** Tells of registrations as they come, are renewed and go. Returns how to stop. */
  watch(listener: (event: RegistrationEvent) => void): () => void;
}

export type SlotKind = 'AUTO' | 'MF' | 'LS';

export interface Registration {
  /** SIP address at which the slot's phone is reached. */
  readonly contact: string;
  readonly expiresAt: Date;
}

export type RegistrationEvent =
  | { readonly kind: 'registered'; readonly slotNumber: string; readonly registration: Registration }
  /** The phone was turned away, or gave up. */
  | { readonly kind: 'refused'; readonly slotNumber: string; readonly reason: string; readonly retryable: boolean }
  | { readonly kind: 'lost'; readonly slotNumber: string; readonly reason: string };
