import type { VssClient } from '@vss/sdk';
import { useEffect, useState } from 'react';
import { MyRightsDocument } from './generated/operations.js';

/** Whether this user may do something somewhere, or in every center: decides what a page shows. What he may really do the platform decides, each time. */
export type May = (permission: string, where?: 'ALL') => boolean;

export type RoleName = 'admin' | 'operator' | 'seller' | 'supervisor';
const SEEDED: readonly string[] = ['admin', 'operator', 'seller', 'supervisor'] satisfies RoleName[];

const READ_AGAIN_EVERY_MS = 30_000;
const TRY_AGAIN_MS = 2_000;

/** The seeded role that is nearest to a role of any name: whose pages and panels its holder gets. */
export function nearestRole(name: string, may: May): RoleName {
  if (SEEDED.includes(name)) return name as RoleName;
  if (may('calls:start')) return 'operator';
  if (may('leads:create')) return 'seller';
  return may('slots:read') ? 'supervisor' : 'seller';
}

/** What the signed-in user may do, read again from time to time; undefined until it is known. */
export function useRights(vss: VssClient, userId: string | undefined): { may: May; role: string } | undefined {
  const [read, setRead] = useState<{ userId: string; may: May; role: string }>();
  useEffect(() => {
    if (!userId) return undefined;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      let waitMs = READ_AGAIN_EVERY_MS;
      try {
        const { me, myRights } = await vss.request(MyRightsDocument);
        const held = new Map(myRights.map(({ permission, scope }) => [permission, scope]));
        if (!isLeft) setRead({ userId, may: (permission, where) => held.has(permission) && (where === undefined || held.get(permission) === where), role: me.role?.name ?? '' });
      } catch {
        // What was known before stays.
        waitMs = TRY_AGAIN_MS;
      }
      if (!isLeft) timer = setTimeout(() => void ask(), waitMs);
    };
    void ask();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [vss, userId]);
  return read?.userId === userId ? read : undefined;
}
