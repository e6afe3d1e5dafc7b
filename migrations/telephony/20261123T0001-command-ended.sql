-- Commands that ended long ago are forgotten, some at a time.
create index command_ended on telephony.command (ended_at) where ended_at is not null;
