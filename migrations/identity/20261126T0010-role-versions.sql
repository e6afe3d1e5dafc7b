-- Counts every change of a role; permission_version counts those of its grants alone.
alter table identity.role add column version integer not null default 1;
alter table identity.role alter column version drop default;

-- Each role as it was. Stays when the role is deleted, so that a decision of then can still be explained.
create table identity.role_version (
  id text primary key,
  role_id text not null,
  version integer not null,
  permission_version integer not null,
  name text not null,
  description text not null,
  grants jsonb not null,
  at timestamptz not null,
  actor_id text not null,
  unique (role_id, version)
);
create index role_version_name on identity.role_version (name, permission_version desc);
