import { forkFor, openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import type { Logger, Now } from '@vss/runtime';
import { SecurityAuditResolver } from './audit.resolver.js';
import type { AuditService } from './audit.service.js';
import { createAuditKey, type PublicAuditKey } from './chain-key.js';
import { AuditChainResolver } from './chain.resolver.js';
import { createChainService } from './chain.service.js';
import { createChainer } from './chainer.js';
import { createRetention } from './retention.js';
import { SecurityAuditEntry } from './security-audit.entity.js';

export interface AuditTrail {
  readonly resolvers: readonly [typeof SecurityAuditResolver, AuditChainResolver];
  /** With it whoever kept a head proves it. */
  readonly publicKey: PublicAuditKey;
  /** Gives every line that is committed by now its place. */
  seal(): Promise<void>;
  /** Signs the chains, and lets lines go that were kept long enough. Runs by itself once an hour. */
  keep(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly target: DatabaseTarget;
  readonly audit: AuditService;
  readonly installationSecret: string;
  readonly retentionDays?: number | undefined;
  readonly logger: Logger;
  readonly now: Now;
}

/** What makes a table of lines a log that proves itself. */
export async function openAuditTrail({ target, audit, installationSecret, retentionDays, logger, now }: AuditTrailOptions): Promise<AuditTrail> {
  // Connections of its own: to seal, check and export takes none from those who are asking for something.
  const orm = await openOrm({ target, contextName: 'identity-audit', schema: 'identity', entities: [SecurityAuditEntry], poolSize: 3, logger });
  const openEm = (): EntityManager => forkFor(orm, 'ALL');
  const key = createAuditKey(installationSecret);
  const chainer = createChainer({ openEm, logger, now });
  const chains = createChainService({ openEm, key, chainer, now });
  const retention = createRetention({ openEm, audit, key, retentionDays, logger, now });
  return {
    resolvers: [SecurityAuditResolver, new AuditChainResolver({ chains, audit, openEm })],
    publicKey: key.publicKey,
    seal: () => chainer.seal(),
    keep: () => retention.run(),
    start() {
      chainer.start();
      retention.start();
    },
    async stop() {
      await retention.stop();
      await chainer.stop();
      await orm.close();
    },
  };
}
