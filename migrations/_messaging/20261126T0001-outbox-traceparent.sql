-- The span in which the message was added, as W3C Trace Context writes it: whoever takes the message up hangs his work
-- under it. Null where the trace was not recorded; `trace_id` is there in any case.
alter table outbox add column traceparent text;
