-- What was erased of whom, and what each subgraph answered: the report that stays when the data is gone.
create table identity.person_erasure (
  id text primary key,
  user_id text not null references identity.user_account (id),
  center_id text not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (user_id)
);
create index person_erasure_page on identity.person_erasure (center_id, created_at desc, id desc);

create table identity.person_erasure_answer (
  erasure_id text not null references identity.person_erasure (id),
  subgraph text not null,
  answered_at timestamptz not null,
  holdings jsonb not null,
  primary key (erasure_id, subgraph)
);

alter table identity.user_account add column erased_at timestamptz;
