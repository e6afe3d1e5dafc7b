create table identity.role (
  id text primary key,
  name text not null unique,
  description text not null,
  grants jsonb not null,
  permission_version integer not null,
  system boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table identity.user_account (
  id text primary key,
  center_id text not null,
  username text not null unique,
  display_name text not null,
  email text not null,
  password_hash text not null,
  role_id text not null references identity.role (id),
  state text not null check (state in ('ACTIVE', 'DEACTIVATED')),
  last_login_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null
);
create index user_account_page on identity.user_account (center_id, created_at desc, id desc);
create index user_account_role on identity.user_account (role_id) where state = 'ACTIVE';

create table identity.session (
  id text primary key,
  user_id text not null references identity.user_account (id),
  center_id text not null,
  device text not null,
  address text not null,
  -- Number of the newest refresh token of the family; grows by one with each rotation.
  generation integer not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  idle_expires_at timestamptz not null,
  absolute_expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('LOGOUT', 'REFRESH_REUSED', 'REVOKED', 'EXPIRED')),
  check ((ended_at is null) = (end_reason is null))
);
create index session_live_of_user on identity.session (user_id) where ended_at is null;
create index session_expiry on identity.session (idle_expires_at) where ended_at is null;
create index session_ended on identity.session (ended_at) where ended_at is not null;

-- Tokens are kept as SHA-256 hashes: the table is of no use to a thief.
create table identity.refresh_token (
  token_hash text primary key,
  session_id text not null references identity.session (id) on delete cascade,
  generation integer not null,
  issued_at timestamptz not null,
  rotated_at timestamptz,
  unique (session_id, generation)
);

-- Refused sign-ins of one name from one address, forgotten after a success and with time.
create table identity.sign_in_attempt (
  username text not null,
  address text not null,
  failures integer not null,
  last_failure_at timestamptz not null,
  blocked_until timestamptz,
  primary key (username, address)
);
create index sign_in_attempt_age on identity.sign_in_attempt (last_failure_at);

create table identity.security_audit_entry (
  id text primary key,
  -- Null for what concerns no known center, such as a sign-in under a name that does not exist.
  center_id text,
  at timestamptz not null,
  action text not null,
  outcome text not null check (outcome in ('ALLOWED', 'REFUSED')),
  actor_id text,
  target text,
  detail jsonb not null,
  trace_id text not null,
  source_address text not null
);
create index security_audit_entry_page on identity.security_audit_entry (center_id, at desc, id desc);
create index security_audit_entry_actor on identity.security_audit_entry (actor_id, at desc);

create function identity.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'identity.security_audit_entry is append-only';
end
$$;
create trigger security_audit_entry_append_only
  before update or delete on identity.security_audit_entry
  for each row execute function identity.refuse_change();
create trigger security_audit_entry_no_truncate
  before truncate on identity.security_audit_entry
  for each statement execute function identity.refuse_change();
