-- Hubs, the devices on them, and what the devices measure.

create table devices.hub (
  id           text primary key,
  center_id    text not null,
  name         text not null,
  simulated    boolean not null,
  online       boolean not null,
  last_seen_at timestamptz not null,
  adapters     jsonb not null,
  created_at   timestamptz not null,
  version      integer not null
);
create index hub_center on devices.hub (center_id, created_at desc, id desc);
-- Read by the reaper every few seconds.
create index hub_online on devices.hub (last_seen_at) where online;

create table devices.device (
  id         text primary key,
  center_id  text not null,
  hub_id     text not null,
  serial     text not null,
  slot_id    text,
  model      text not null,
  kind       text not null check (kind in ('AUTO', 'MF', 'LS')),
  simulated  boolean not null,
  online     boolean not null,
  faults     text[] not null,
  created_at timestamptz not null,
  version    integer not null,
  unique (hub_id, serial)
);
create index device_center on devices.device (center_id, created_at desc, id desc);
create index device_hub on devices.device (hub_id, created_at desc, id desc);
-- One device serves a slot.
create unique index device_slot on devices.device (slot_id);

-- The latest reading of each device.
create table devices.telemetry (
  device_id           text primary key references devices.device (id),
  center_id           text not null,
  at                  timestamptz not null,
  cpu_percent         real,
  ram_percent         real,
  temperature_celsius real,
  battery_percent     real,
  link_percent        real
);

-- The last reading of each minute, kept for a day.
create table devices.telemetry_minute (
  device_id           text not null references devices.device (id),
  minute              timestamptz not null,
  center_id           text not null,
  at                  timestamptz not null,
  cpu_percent         real,
  ram_percent         real,
  temperature_celsius real,
  battery_percent     real,
  link_percent        real,
  primary key (device_id, minute)
);
create index telemetry_minute_age on devices.telemetry_minute (minute);
