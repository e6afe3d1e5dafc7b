-- Centers, the event log, what the dashboard counts, and the messages that could not be handled.

create table operations.center (
  id         text primary key,
  name       text not null,
  time_zone  text not null,
  created_at timestamptz not null
);

create table operations.log_event (
  -- The message's own id: a redelivered event is stored once.
  id           text primary key,
  center_id    text,
  type         text not null,
  module       text not null,
  severity     text not null,
  at           timestamptz not null,
  aggregate_id text not null,
  summary      text not null,
  actor        text not null,
  trace_id     text not null,
  payload      jsonb not null
);
-- One index for each filter, ending in the order of the list.
create index log_event_center on operations.log_event (center_id, at desc, id desc);
create index log_event_module on operations.log_event (center_id, module, severity, at desc, id desc);
create index log_event_severity on operations.log_event (center_id, severity, at desc, id desc);
create index log_event_type on operations.log_event (center_id, type, at desc, id desc);
create index log_event_aggregate on operations.log_event (aggregate_id, at desc, id desc);
create index log_event_trace on operations.log_event (trace_id, at desc, id desc);
-- For lists over every center, and for the retention.
create index log_event_at on operations.log_event (at desc, id desc);

create table operations.call_projection (
  id           text primary key,
  center_id    text not null,
  operator_id  text,
  lead_id      text,
  status       text not null,
  outcome      text,
  -- Whether the call has reached the network: what rates are measured against.
  seized       boolean not null,
  started_at   timestamptz not null,
  answered_at  timestamptz,
  ended_at     timestamptz,
  talk_seconds integer,
  version      integer not null
);
create index call_projection_started on operations.call_projection (center_id, started_at);
create index call_projection_active on operations.call_projection (center_id) where status <> 'ENDED';
-- A call that began before the last hour may have been answered or ended within it.
create index call_projection_ended on operations.call_projection (center_id, ended_at);
create index call_projection_answered on operations.call_projection (center_id, answered_at);
create index call_projection_lead on operations.call_projection (lead_id);

create table operations.slot_projection (
  id           text primary key,
  center_id    text not null,
  state        text not null,
  availability text not null,
  version      integer not null
);
create index slot_projection_center on operations.slot_projection (center_id, state, availability);

create table operations.lead_projection (
  id                   text primary key,
  center_id            text not null,
  status               text not null,
  assigned_seller_id   text,
  assigned_operator_id text,
  version              integer not null
);
create index lead_projection_center on operations.lead_projection (center_id, status);
create index lead_projection_seller on operations.lead_projection (assigned_seller_id, status);

create table operations.user_projection (
  id        text primary key,
  center_id text not null,
  username  text not null,
  role      text not null,
  active    boolean not null,
  version   integer not null
);
create index user_projection_center on operations.user_projection (center_id, role);

create table operations.dead_letter_report (
  id            text primary key,
  center_id     text,
  consumer      text not null,
  message_id    text not null,
  message_type  text not null,
  subject_id    text not null,
  reason        text not null,
  attempts      integer not null,
  created_at    timestamptz not null,
  redriven_at   timestamptz,
  redriven_by   text,
  unique (consumer, message_id)
);
create index dead_letter_report_list on operations.dead_letter_report (created_at desc, id desc);
create index dead_letter_report_center on operations.dead_letter_report (center_id, created_at desc, id desc);
