-- The same tables in every subgraph's schema. `:schema` is replaced by the schema's quoted name.

-- What this subgraph has to say. A row is written in the transaction that made it true; the relay gives it its place.
create table outbox (
  -- The order of insertion. Not a cursor: transactions commit in another order than they begin.
  n bigint generated always as identity primary key,
  id text not null unique,
  -- The order in which readers see the rows, without gaps; null until the relay has assigned it after the commit.
  position bigint unique,
  type text not null,
  version integer not null,
  at timestamptz not null,
  center_id text,
  aggregate_id text not null,
  -- Grows by one with each message of the aggregate; assigned with the position.
  sequence bigint,
  causation_id text,
  trace_id text not null,
  actor text not null,
  payload jsonb not null,
  published_at timestamptz
);
create index outbox_unplaced on outbox (n) where position is null;
create index outbox_unpublished on outbox (position) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- The last position given, apart from the rows, since those are purged.
create table outbox_head (
  only_row boolean primary key default true check (only_row),
  position bigint not null default 0
);
insert into outbox_head default values;

-- The last sequence given to each aggregate.
create table outbox_aggregate (
  aggregate_id text primary key,
  sequence bigint not null
);

-- Messages handled, so that one delivered twice takes effect once.
create table inbox (
  consumer_group text not null,
  message_id text not null,
  handled_at timestamptz not null default now(),
  primary key (consumer_group, message_id)
);
create index inbox_handled on inbox (handled_at);

-- Messages that could not be handled, and those of the same subject that came after and wait behind them.
create table dead_letter (
  n bigint generated always as identity primary key,
  id text not null unique,
  consumer_group text not null,
  -- The aggregate that the message is about.
  subject_id text not null,
  message_id text not null,
  message_type text not null,
  center_id text,
  message jsonb not null,
  -- DEAD: failed as often as allowed. PARKED: never tried, waits behind a dead one.
  state text not null check (state in ('DEAD', 'PARKED')),
  reason text not null,
  attempts integer not null,
  at timestamptz not null default now(),
  unique (consumer_group, message_id)
);
create index dead_letter_subject on dead_letter (consumer_group, subject_id, n);

-- What a client's key has been used for.
create table idempotency_key (
  actor_id text not null,
  operation text not null,
  key text not null,
  center_id text not null,
  -- SHA-256 of the input.
  input_hash text not null,
  -- Id of what the first call made; null only within its transaction.
  result_id text,
  created_at timestamptz not null default now(),
  primary key (actor_id, operation, key)
);
create index idempotency_key_created on idempotency_key (created_at);
