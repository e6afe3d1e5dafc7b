/** What is asked of a USB hub that can switch the power of its ports. */
export interface UsbPower {
  /** Rejects with NOT_FOUND for a hub or port that is not there. */
  isOn(port: UsbPort, signal: AbortSignal): Promise<boolean>;
  /** Again does no harm. Resolves once the port reports the new state. */
  set(port: UsbPort, on: boolean, signal: AbortSignal): Promise<void>;
}

export interface UsbPort {
  /** Where the USB hub sits, as the kernel names it: `1-1.4`. */
  readonly location: string;
  /** 1…, as printed on the hub. */
  readonly port: number;
}
