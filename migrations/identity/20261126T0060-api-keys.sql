create table identity.api_key (
  id text primary key,
  center_id text not null,
  -- The account that the key opens.
  service_account_id text not null references identity.user_account (id),
  -- Who answers for it: the key never does more than he may.
  maker_id text not null references identity.user_account (id),
  name text not null,
  -- Lines of grants that narrow it further; null: whatever account and maker may both do.
  scopes jsonb,
  cost_per_minute integer check (cost_per_minute > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  version integer not null
);
create index api_key_page on identity.api_key (center_id, created_at desc, id desc);
create index api_key_account on identity.api_key (service_account_id);
create index api_key_maker on identity.api_key (maker_id);

-- Two of them while a key is rotated. Kept as SHA-256 hashes: the table is of no use to a thief.
create table identity.api_key_secret (
  -- `<key>.<number>`: the session that is held by it.
  id text primary key,
  key_id text not null references identity.api_key (id),
  number integer not null,
  -- What may be shown of it.
  prefix text not null unique,
  secret_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  last_used_address text,
  ended_at timestamptz,
  unique (key_id, number)
);
create index api_key_secret_expiry on identity.api_key_secret (expires_at) where ended_at is null;
