-- Rights that somebody has for a time: asked for, and given by somebody else.
create table identity.temporary_grant (
  id text primary key,
  center_id text not null,
  user_id text not null references identity.user_account (id),
  requested_by_id text not null,
  permission text not null,
  scope text not null check (scope in ('OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL')),
  reason text not null,
  minutes integer not null check (minutes > 0),
  state text not null check (state in ('REQUESTED', 'APPROVED', 'REFUSED', 'REVOKED', 'EXPIRED', 'LAPSED')),
  requested_at timestamptz not null,
  decided_by_id text,
  decided_at timestamptz,
  decision_reason text,
  -- When it ends by itself: the request, if nobody answers, and then the right.
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by_id text,
  -- Whoever asks does not decide, and neither does he whom it is for.
  check (decided_by_id is null or (decided_by_id <> user_id and decided_by_id <> requested_by_id)),
  check ((decided_by_id is null) = (decided_at is null)),
  check (state in ('REQUESTED', 'LAPSED', 'REVOKED') or decided_at is not null),
  check ((state in ('REQUESTED', 'APPROVED', 'REFUSED')) = (ended_at is null))
);
create index temporary_grant_page on identity.temporary_grant (center_id, requested_at desc, id desc);
create index temporary_grant_user on identity.temporary_grant (user_id, requested_at desc, id desc);
create index temporary_grant_open on identity.temporary_grant (ends_at) where state in ('REQUESTED', 'APPROVED');
