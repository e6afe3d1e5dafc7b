import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { FilterQuery } from '@mikro-orm/core';
import { AppError } from '@vss/runtime';
import { Access, batchById, ConnectionArgs, nestedPage, paginate, stub, type Page, type Scope } from '@vss/graphql';
import { Hub } from '../hubs/index.js';
import { CenterStub, SlotStub } from '../stubs.js';
import { historyOf, latestReading, Telemetry } from '../telemetry/index.js';
import { Device, DeviceConnection } from './device.entity.js';
import { DevicesArgs, HistoryArgs, type DeviceFilter } from './device.inputs.js';
import { hubsOnline } from './device.queries.js';

@Resolver(() => Device)
export class DeviceResolver {
  @Access('devices:read')
  @Query(() => DeviceConnection, { description: 'The devices of the actor\'s center, newest first.' })
  async devices(@Args(() => DevicesArgs) args: DevicesArgs, @Ctx() scope: Scope): Promise<Page<Device>> {
    return paginate(scope.em, Device, { where: await devicesWhere(scope, args.filter), args });
  }

  @Access('devices:read')
  @Query(() => Device, { description: "One device of the actor's center; any other is NOT_FOUND." })
  async device(@Arg('id', () => ID, { description: 'Id of the device.' }) id: string, @Ctx() scope: Scope): Promise<Device> {
    const device = await batchById(scope, Device)(id);
    if (!device) throw new AppError('NOT_FOUND', `There is no device ${id}`);
    return device;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the device can be reached: its hub is heard of and says so.' })
  async online(@Root() device: Device, @Ctx() scope: Scope): Promise<boolean> {
    return device.online && ((await batchById(scope, Hub)(device.hubId))?.online ?? false);
  }

  @FieldResolver(() => Hub, { nullable: true, description: 'The hub that it is on; null until the hub has announced itself.' })
  hub(@Root() device: Device, @Ctx() scope: Scope): Promise<Hub | null> {
    return batchById(scope, Hub)(device.hubId);
  }

  @FieldResolver(() => SlotStub, { nullable: true, description: 'The slot that it serves, if any.' })
  slot(@Root() device: Device): SlotStub | null {
    return device.slotId ? stub(SlotStub, device.slotId) : null;
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center it belongs to.' })
  center(@Root() device: Device): CenterStub {
    return stub(CenterStub, device.centerId);
  }

  @FieldResolver(() => Telemetry, { nullable: true, description: 'What it measured last; null before its first reading.' })
  telemetry(@Root() device: Device, @Ctx() scope: Scope): Promise<Telemetry | null> {
    return latestReading(scope, device.id);
  }

  @FieldResolver(() => [Telemetry], { description: 'What it measured, the last reading of each minute, oldest first; kept for 24 hours.' })
  async telemetryHistory(@Root() device: Device, @Args(() => HistoryArgs) { minutes }: HistoryArgs, @Ctx() { em, batch, now }: Scope): Promise<Telemetry[]> {
    const since = new Date(now().getTime() - minutes * 60_000);
    return (await batch.load(`readings of ${minutes} minutes`, device.id, (ids) => historyOf(em, ids, since))) ?? [];
  }
}

/** An absent hub takes its devices with it, whatever it last said of them. */
async function devicesWhere({ em }: Scope, filter: DeviceFilter | null | undefined): Promise<FilterQuery<Device>> {
  const { hubId, kind, online } = filter ?? {};
  const conditions: FilterQuery<Device>[] = [];
  if (hubId) conditions.push({ hubId });
  if (kind) conditions.push({ kind });
  if (online != null) {
    const hubs = await hubsOnline(em);
    conditions.push(online ? { online: true, hubId: { $in: hubs } } : { $or: [{ online: false }, { hubId: { $nin: hubs } }] });
  }
  return conditions.length > 0 ? { $and: conditions } : {};
}

@Resolver(() => Hub)
export class HubDevicesResolver {
  @FieldResolver(() => DeviceConnection, { description: 'The devices on this hub, newest first.' })
  devices(@Root() hub: Hub, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Device>> {
    return nestedPage(scope, Device, 'hubId', hub.id, { args });
  }
}

/** What devices add to the slots of telephony. */
@Resolver(() => SlotStub)
export class SlotDeviceResolver {
  @Access('devices:read')
  @FieldResolver(() => Device, { nullable: true, description: 'The device that serves the slot; null before one does.' })
  device(@Root() slot: SlotStub, @Ctx() scope: Scope): Promise<Device | null> {
    return deviceOfSlot(scope, slot.id);
  }

  @Access('devices:read')
  @FieldResolver(() => Telemetry, { nullable: true, description: 'What the slot\'s device measured last.' })
  async telemetry(@Root() slot: SlotStub, @Ctx() scope: Scope): Promise<Telemetry | null> {
    const device = await deviceOfSlot(scope, slot.id);
    return device && latestReading(scope, device.id);
  }
}

const deviceOfSlot = ({ em, batch }: Scope, slotId: string): Promise<Device | null> =>
  batch
    .load('devices of slots', slotId, async (ids) => {
      const devices = await em.find(Device, { slotId: { $in: [...ids] } });
      return new Map(devices.flatMap((device) => (device.slotId ? [[device.slotId, device] as const] : [])));
    })
    .then((device) => device ?? null);
