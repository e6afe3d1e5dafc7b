-- Wrong guesses at one thing (a name's password, a user's codes) by one source: an address, or a device that its user
-- signed in on before. Forgotten after a success and with time.
create table identity.guess (
  subject text not null,
  source text not null,
  failures integer not null,
  last_failure_at timestamptz not null,
  blocked_until timestamptz,
  primary key (subject, source)
);
create index guess_age on identity.guess (last_failure_at);
insert into identity.guess (subject, source, failures, last_failure_at, blocked_until)
  select 'password ' || username, address, failures, last_failure_at, blocked_until from identity.sign_in_attempt;
drop table identity.sign_in_attempt;

-- What may be guessed wrongly in all by one address, whatever the name, and at one user's codes, from whatever address.
-- Each wrong guess moves the instant forward; how far it may lie ahead is the allowance.
create table identity.guess_allowance (
  subject text primary key,
  used_until timestamptz not null
);
create index guess_allowance_age on identity.guess_allowance (used_until);

-- What is still asked of somebody who is about to come in. Only the token's hash is known here.
create table identity.sign_in_challenge (
  token_hash text primary key,
  user_id text not null references identity.user_account (id) on delete cascade,
  kind text not null check (kind in ('SECOND_FACTOR', 'PASSWORD_CHANGE')),
  way text not null check (way in ('PASSWORD', 'INVITATION', 'PROVIDER')),
  -- Of the password as it was: another one since then makes the challenge void.
  credential text not null,
  second_factor boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_challenge_user on identity.sign_in_challenge (user_id);
create index sign_in_challenge_age on identity.sign_in_challenge (expires_at);

create table identity.second_factor (
  user_id text primary key references identity.user_account (id) on delete cascade,
  -- Sealed: the database alone does not tell it.
  secret text not null,
  created_at timestamptz not null,
  -- Null until a first code has shown that the authenticator works.
  confirmed_at timestamptz,
  -- Number of the 30 seconds that the last accepted code belonged to: a code is good once.
  last_step integer not null
);

create table identity.recovery_code (
  user_id text not null references identity.second_factor (user_id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Accounts at identity providers that open a user's account here.
create table identity.external_identity (
  id text primary key,
  user_id text not null references identity.user_account (id) on delete cascade,
  provider text not null,
  issuer text not null,
  subject text not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  unique (issuer, subject)
);
create index external_identity_user on identity.external_identity (user_id);

-- Sign-ins with a provider that were finished: each counts once. Forgotten when they would have expired.
create table identity.used_provider_login (
  login_hash text primary key,
  expires_at timestamptz not null
);
create index used_provider_login_age on identity.used_provider_login (expires_at);
