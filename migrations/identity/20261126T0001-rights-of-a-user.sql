-- Who stands behind an account, and what is his own beside the role.
alter table identity.user_account
  add column kind text not null default 'PERSON' check (kind in ('PERSON', 'SERVICE')),
  add column must_change_password boolean not null default false,
  add column rights_version integer not null default 0,
  alter column password_hash drop not null,
  add constraint user_account_service_has_no_password check (kind = 'PERSON' or password_hash is null);
alter table identity.user_account
  alter column kind drop default,
  alter column must_change_password drop default,
  alter column rights_version drop default;

create table identity.team (
  id text primary key,
  center_id text not null,
  name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null
);
create unique index team_name on identity.team (center_id, lower(name));

create table identity.team_member (
  team_id text not null references identity.team (id) on delete cascade,
  user_id text not null references identity.user_account (id),
  since timestamptz not null,
  primary key (team_id, user_id)
);
create index team_member_user on identity.team_member (user_id);
