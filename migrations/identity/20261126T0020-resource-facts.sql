-- Whose the rows of the other subgraphs are, from their events: what a decision about one of them needs to be told why.
create table identity.resource_fact (
  type        text not null check (type in ('CENTER', 'CALL', 'LEAD', 'NOTE', 'SLOT', 'TRUNK', 'HUB', 'DEVICE')),
  id          text not null,
  center_id   text not null,
  owner_id    text,
  assignee_id text,
  lead_id     text,
  call_id     text,
  version     integer not null,
  primary key (type, id)
);
