import { z } from 'zod';
import { portSetting, telemetrySettings } from '@vss/runtime';

const common = {
  /** RabbitMQ, e.g. `amqp://user:password@host:5672/vhost`. */
  AMQP_URL: z.url(),
  /** Id of this hub, `hub_…`; absent: made on the first start and kept in the data folder. */
  VSS_HUB_ID: z.string().startsWith('hub_').optional(),
  /** Center that the hub belongs to, `ctr_…`. */
  VSS_CENTER_ID: z.string().startsWith('ctr_'),
  /** Name of the hub, for people. */
  VSS_HUB_NAME: z.string().default('Hub'),
  /** Folder of the runner's journal. */
  VSS_DATA_DIR: z.string().default('./data'),
  /** Address of `/health/live`, `/health/ready` and `/metrics`. */
  VSS_HUB_HOST: z.string().default('127.0.0.1'),
  VSS_HUB_PORT: portSetting.default(4010),
  /** File with the secret from which the slots' SIP passwords are derived; at least 32 characters. */
  VSS_SIP_SECRET_FILE: z.string(),
  ...telemetrySettings,
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
};

const simulated = z.object({
  VSS_HUB: z.literal('simulated'),
  ...common,
  /** The same seed gives the same fortunes. */
  VSS_SIM_SEED: z.string().default('vss'),
  /** Simulated time flows this many times as fast as ours. */
  VSS_SIM_SPEED: z.coerce.number().positive().default(1),
  /** Mean seconds of simulated time between two faults of a device; 0: none. */
  VSS_SIM_FAULT_EVERY_S: z.coerce.number().nonnegative().default(600),
});

const real = z.object({
  VSS_HUB: z.literal('real'),
  ...common,
  /** `http://host:port` of Asterisk. */
  VSS_ARI_URL: z.url(),
  VSS_ARI_USER: z.string(),
  VSS_ARI_PASSWORD: z.string(),
  /** Stasis application, one for each runner. */
  VSS_ARI_APP: z.string().default('vss'),
  /** PJSIP endpoint behind which the slots are registered. */
  VSS_ARI_SLOT_ENDPOINT: z.string().default('kamailio'),
  /** PJSIP endpoint of the way out. */
  VSS_ARI_TRUNK_ENDPOINT: z.string().default('provider'),
  /** `http://host:port/RPC` of Kamailio. */
  VSS_KAMAILIO_URL: z.url(),
  VSS_KAMAILIO_TOKEN: z.string(),
  /** Realm of the slots' SIP digests. */
  VSS_KAMAILIO_REALM: z.string().default('vss'),
  /** JSON array of devices: serial, model, kind, slotNumber, usbPort. */
  VSS_DEVICE_FILE: z.string(),
  /** `user@host:port` of a host for LOCAL SCRIPT slots. */
  VSS_SSH_TARGET: z.string().regex(/^[^@\s]+@[^:\s]+:\d+$/, 'must look like user@host:port').optional(),
  VSS_SSH_KEY_FILE: z.string().optional(),
  /** `SHA256:…` of the host's key. */
  VSS_SSH_HOST_KEY: z.string().startsWith('SHA256:').optional(),
});

/** Settings of a hub-runner that is a process of its own. */
export const hubRunnerConfig = z.discriminatedUnion('VSS_HUB', [simulated, real]);
export type HubRunnerConfig = z.output<typeof hubRunnerConfig>;
