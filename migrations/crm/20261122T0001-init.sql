-- Leads and their notes, with what crm has to know of calls and users to decide in its own transactions.

create table crm.lead (
  id                   text primary key,
  center_id            text not null,
  client_name          text not null,
  phone                text not null,
  status               text not null check (status in ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST')),
  source               text,
  assigned_seller_id   text,
  assigned_operator_id text,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  version              integer not null
);
-- One index for each way a list is narrowed; all end in the order of the lists.
create index lead_center on crm.lead (center_id, created_at desc, id desc);
create index lead_seller on crm.lead (assigned_seller_id, created_at desc, id desc);
create index lead_operator on crm.lead (center_id, assigned_operator_id, created_at desc, id desc);
create index lead_phone on crm.lead (center_id, phone);

create table crm.note (
  id         text primary key,
  center_id  text not null,
  text       text not null,
  author_id  text not null,
  call_id    text,
  lead_id    text references crm.lead (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    integer not null,
  check (call_id is not null or lead_id is not null)
);
create index note_lead on crm.note (lead_id, created_at desc, id desc);
create index note_call on crm.note (call_id, created_at desc, id desc);

-- What a note said before it was changed. Never updated.
create table crm.note_revision (
  note_id     text not null references crm.note (id),
  version     integer not null,
  text        text not null,
  replaced_by text not null,
  replaced_at timestamptz not null,
  primary key (note_id, version)
);

create table crm.call_projection (
  id           text primary key,
  center_id    text not null,
  phone_number text not null,
  operator_id  text,
  lead_id      text,
  status       text not null,
  outcome      text,
  version      integer not null
);

create table crm.user_projection (
  id        text primary key,
  center_id text not null,
  role      text not null,
  active    boolean not null,
  version   integer not null
);
