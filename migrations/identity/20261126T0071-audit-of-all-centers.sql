-- Who reads the audit of every center pages through it by the same order as one center's readers.
create index security_audit_entry_all on security_audit_entry (at desc, id desc);
