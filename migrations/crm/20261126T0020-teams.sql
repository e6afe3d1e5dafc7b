-- Who is in which team: a right with scope TEAM reaches the leads and notes of those with whom one shares a team.
alter table crm.user_projection add column team_ids text[] not null default '{}';
alter table crm.user_projection alter column team_ids drop default;
create index user_projection_teams on crm.user_projection using gin (team_ids);
