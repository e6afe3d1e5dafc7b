-- The keys that access tokens are signed with. A stolen copy of this table signs nothing: private halves are sealed with
-- AES-256-GCM under a key derived from the installation's secret, which is in no database, and erased after use.
create table identity.signing_key (
  id text primary key,
  state text not null check (state in ('NEXT', 'CURRENT', 'RETIRED', 'REVOKED')),
  public_key text not null,
  sealed text,
  created_at timestamptz not null,
  activated_at timestamptz,
  ended_at timestamptz,
  published_until timestamptz,
  end_reason text,
  check ((state in ('NEXT', 'CURRENT')) = (sealed is not null)),
  check ((state in ('RETIRED', 'REVOKED')) = (ended_at is not null)),
  check ((state = 'RETIRED') = (published_until is not null))
);
create unique index signing_key_one_each on identity.signing_key (state) where state in ('NEXT', 'CURRENT');
create index signing_key_page on identity.signing_key (created_at desc, id desc);
