-- What a person may say of himself, and who was invited and has not come yet.
alter table identity.user_account
  -- E.164.
  add column phone text,
  add column title text,
  -- BCP 47.
  add column locale text,
  -- IANA name.
  add column time_zone text,
  drop constraint user_account_state_check,
  add constraint user_account_state_check check (state in ('INVITED', 'ACTIVE', 'DEACTIVATED'));
-- One index for each order of the list; newest first has its own.
create index user_account_by_username on identity.user_account (center_id, username, id);
create index user_account_by_display_name on identity.user_account (center_id, display_name, id);

alter table identity.team add column description text not null default '';
alter table identity.team alter column description drop default;
create index team_page on identity.team (center_id, name, id);
