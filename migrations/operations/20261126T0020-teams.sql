-- Who is in which team: a dashboard with scope TEAM counts what is of those with whom one shares a team.
alter table operations.user_projection add column team_ids text[] not null default '{}';
alter table operations.user_projection alter column team_ids drop default;
create index user_projection_teams on operations.user_projection using gin (team_ids);
