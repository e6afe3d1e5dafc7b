-- One-time links by which a user chooses a password: to come in for the first time, or in place of one that is lost.
create table identity.invitation (
  id text primary key,
  user_id text not null references identity.user_account (id),
  center_id text not null,
  purpose text not null check (purpose in ('JOIN', 'PASSWORD_RESET')),
  -- SHA-256 of the token, which has 256 bits of its own: the table is of no use to a thief.
  token_hash text not null unique,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  check (accepted_at is null or revoked_at is null)
);
-- A new link takes the place of the one before.
create unique index invitation_open on identity.invitation (user_id) where accepted_at is null and revoked_at is null;
create index invitation_page on identity.invitation (center_id, created_at desc, id desc);
create index invitation_user on identity.invitation (user_id, created_at desc, id desc);
