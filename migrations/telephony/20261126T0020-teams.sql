-- Who is in which team: a right with scope TEAM reaches the calls of those with whom one shares a team.
create table telephony.user_projection (
  id        text primary key,
  center_id text not null,
  team_ids  text[] not null,
  version   integer not null
);
create index user_projection_teams on telephony.user_projection using gin (team_ids);
