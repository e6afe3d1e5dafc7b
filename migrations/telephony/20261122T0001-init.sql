-- Trunks, slots, leases, calls and what is left of them. Every scoped row carries its center. References are checked at
-- the commit: rows of one transaction may be written in any order.

create table telephony.trunk (
  id text primary key,
  center_id text not null,
  name text not null,
  kind text not null check (kind in ('HUB', 'PROVIDER')),
  slot_kind text check (slot_kind in ('AUTO', 'MF', 'LS')),
  capacity integer not null check (capacity between 1 and 999),
  hub_id text,
  created_at timestamptz not null,
  version integer not null,
  check ((kind = 'HUB') = (slot_kind is not null))
);
create index trunk_by_center on telephony.trunk (center_id, created_at desc, id desc);

create table telephony.slot (
  id text primary key,
  center_id text not null,
  trunk_id text not null references telephony.trunk (id) deferrable initially deferred,
  hub_id text,
  -- Unique in the whole SIP realm, which all centers share.
  number text not null unique,
  kind text not null check (kind in ('AUTO', 'MF', 'LS')),
  state text not null,
  state_since timestamptz not null,
  -- When the slot is looked at again, whatever happens or does not happen until then.
  deadline_at timestamptz,
  fault_reason text,
  admin_state text not null,
  registration_expires_at timestamptz,
  registration_failures integer not null default 0,
  -- The last command sent for the slot itself (register, recover); answers to earlier ones are stale.
  command_id text,
  call_id text,
  lease_id text,
  fencing_token integer not null default 0,
  created_at timestamptz not null,
  version integer not null,
  check ((state = 'FAULT') = (fault_reason is not null)),
  check ((state in ('CALLING', 'ACTIVE_CALL')) = (call_id is not null))
);
create index slot_by_center on telephony.slot (center_id, number, id);
create index slot_by_trunk on telephony.slot (trunk_id, number, id);
create index slot_by_hub on telephony.slot (hub_id) where hub_id is not null;
create index slot_due on telephony.slot (deadline_at) where deadline_at is not null;
create index slot_free on telephony.slot (center_id, kind, state_since) where state = 'READY' and admin_state = 'IN_SERVICE' and lease_id is null;

create table telephony.slot_lease (
  id text primary key,
  center_id text not null,
  slot_id text not null references telephony.slot (id) deferrable initially deferred,
  purpose text not null check (purpose in ('CALL', 'SCRIPT', 'REMOTE_VIEW', 'REMOTE_CONTROL', 'MAINTENANCE')),
  holder_id text not null,
  fencing_token integer not null,
  -- Taken by callStart for one call, and over with it; otherwise held until it is released or expires.
  for_one_call boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  unique (slot_id, fencing_token)
);
create unique index slot_lease_one_live on telephony.slot_lease (slot_id) where ended_at is null;
create index slot_lease_due on telephony.slot_lease (expires_at) where ended_at is null;

create table telephony.call (
  id text primary key,
  center_id text not null,
  status text not null,
  outcome text,
  direction text not null check (direction in ('OUTBOUND', 'INBOUND')),
  phone_number text not null,
  slot_id text not null references telephony.slot (id) deferrable initially deferred,
  trunk_id text not null references telephony.trunk (id) deferrable initially deferred,
  lease_id text references telephony.slot_lease (id) deferrable initially deferred,
  operator_id text,
  lead_id text,
  started_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  talk_seconds integer,
  sip_code integer,
  hangup_cause integer,
  hung_up_by text,
  failure_reason text,
  hangup_requested_at timestamptz,
  version integer not null,
  check ((status = 'ENDED') = (ended_at is not null)),
  check ((status = 'ENDED') = (outcome is not null))
);
create index call_by_center on telephony.call (center_id, started_at desc, id desc);
create index call_by_operator on telephony.call (operator_id, started_at desc, id desc);
create index call_by_lead on telephony.call (lead_id, started_at desc, id desc) where lead_id is not null;
-- One slot, one live call: the last line of defence, below the row lock.
create unique index call_one_live_per_slot on telephony.call (slot_id) where ended_at is null;

create table telephony.call_leg (
  id text primary key,
  center_id text not null,
  call_id text not null references telephony.call (id) deferrable initially deferred,
  party text not null,
  channel_id text not null,
  address text not null,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz not null,
  sip_code integer,
  hangup_cause integer,
  unique (call_id, channel_id)
);

create table telephony.cdr (
  id text primary key,
  center_id text not null,
  call_id text not null unique references telephony.call (id) deferrable initially deferred,
  direction text not null,
  phone_number text not null,
  slot_number text not null,
  trunk_id text not null,
  operator_id text,
  lead_id text,
  outcome text not null,
  started_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz not null,
  ring_seconds integer not null,
  talk_seconds integer not null,
  total_seconds integer not null,
  sip_code integer,
  hangup_cause integer,
  hung_up_by text,
  failure_reason text
);
create index cdr_by_center on telephony.cdr (center_id, started_at desc, id desc);
create index cdr_by_operator on telephony.cdr (operator_id, started_at desc, id desc);

-- The business record is written once; legs belong to it.
create function telephony.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is immutable: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger cdr_immutable before update or delete on telephony.cdr for each row execute function telephony.refuse_change();
create trigger cdr_untruncatable before truncate on telephony.cdr for each statement execute function telephony.refuse_change();
create trigger call_leg_immutable before update or delete on telephony.call_leg for each row execute function telephony.refuse_change();

create table telephony.suppression (
  id text primary key,
  center_id text not null,
  phone_number text not null,
  reason text not null,
  source text not null,
  created_by_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index suppression_by_number on telephony.suppression (center_id, phone_number);
create index suppression_by_center on telephony.suppression (center_id, created_at desc, id desc);

create table telephony.command (
  id text primary key,
  center_id text not null,
  hub_id text not null,
  slot_id text not null references telephony.slot (id) deferrable initially deferred,
  call_id text,
  type text not null,
  status text not null check (status in ('QUEUED', 'DISPATCHED', 'STARTED', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED')),
  payload jsonb not null,
  fencing_token integer not null,
  actor_id text not null,
  created_at timestamptz not null,
  deadline_at timestamptz not null,
  -- When a silent command is given up: its deadline and, once started, its time to finish.
  give_up_at timestamptz not null,
  -- The outbox message that carries it.
  message_id text,
  dispatched_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  failure_code text,
  failure_reason text
);
create index command_due on telephony.command (give_up_at) where ended_at is null;
create index command_queued on telephony.command (message_id) where status = 'QUEUED';
create index command_by_call on telephony.command (call_id) where call_id is not null;

-- What other subgraphs own and telephony must decide by, fed by their events.
create table telephony.lead_projection (
  id text primary key,
  center_id text not null,
  phone text not null,
  assigned_seller_id text,
  assigned_operator_id text,
  version integer not null
);
create index lead_projection_by_seller on telephony.lead_projection (assigned_seller_id) where assigned_seller_id is not null;

create table telephony.hub_projection (
  id text primary key,
  center_id text not null,
  simulated boolean not null,
  online boolean not null,
  version integer not null
);

create table telephony.center_projection (
  id text primary key
);
