-- What a line tells besides: which mutation it was, by which right, and the rows that changed.
alter table security_audit_entry
  add column n bigint generated always as identity,
  add column chain text generated always as (coalesce(center_id, 'platform')) stored,
  add column operation text,
  add column permission text,
  add column override boolean not null default false,
  add column changes jsonb not null default '[]',
  -- The place in the center's chain, given by the one chainer after the commit; the line is sealed by it.
  add column seq integer,
  add column prev_hash text,
  add column hash text,
  add column sealed_at timestamptz,
  add constraint security_audit_entry_sealed check (
    (seq is null and prev_hash is null and hash is null and sealed_at is null)
    or (seq is not null and prev_hash is not null and hash is not null and sealed_at is not null)
  );
alter table security_audit_entry drop constraint security_audit_entry_outcome_check;
alter table security_audit_entry add constraint security_audit_entry_outcome_check check (outcome in ('ALLOWED', 'REFUSED', 'FAILED'));
create unique index security_audit_entry_chain on security_audit_entry (chain, seq);
create index security_audit_entry_unsealed on security_audit_entry (n) where seq is null;
create index security_audit_entry_trace on security_audit_entry (trace_id);
create index security_audit_entry_target on security_audit_entry (target, at desc);
create index security_audit_entry_override on security_audit_entry (center_id, at desc) where override;

-- The last link of each chain, apart from the lines: of a quiet center all of them may have been kept long enough.
create table audit_chain (
  chain text primary key,
  seq integer not null,
  hash text not null
);

-- Signed states of a chain. A line goes only when a checkpoint stands for it, and that one stays.
create table audit_checkpoint (
  chain text not null,
  seq integer not null,
  hash text not null,
  signed text not null,
  -- Whether the lines up to it may be deleted.
  purged boolean not null,
  made_at timestamptz not null,
  primary key (chain, seq, purged)
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    -- Sealed once, with nothing else touched.
    if old.seq is null and new.seq is not null
      and row (new.id, new.n, new.center_id, new.at, new.action, new.outcome, new.actor_id, new.target, new.detail, new.trace_id, new.source_address, new.operation, new.permission, new.override, new.changes)
        is not distinct from row (old.id, old.n, old.center_id, old.at, old.action, old.outcome, old.actor_id, old.target, old.detail, old.trace_id, old.source_address, old.operation, old.permission, old.override, old.changes)
    then
      return new;
    end if;
  elsif tg_op = 'DELETE' then
    if exists (select from :schema.audit_checkpoint c where c.purged and c.chain = old.chain and c.seq >= old.seq) then
      return old;
    end if;
  end if;
  raise exception 'identity.security_audit_entry is append-only';
end
$$;
drop trigger security_audit_entry_append_only on security_audit_entry;
create trigger security_audit_entry_append_only
  before update or delete on security_audit_entry
  for each row execute function refuse_audit_change();

create function refuse_checkpoint_change() returns trigger language plpgsql as $$
begin
  raise exception 'identity.audit_checkpoint is append-only';
end
$$;
create trigger audit_checkpoint_append_only
  before update or delete on audit_checkpoint
  for each row execute function refuse_checkpoint_change();
create trigger audit_checkpoint_no_truncate
  before truncate on audit_checkpoint
  for each statement execute function refuse_checkpoint_change();
