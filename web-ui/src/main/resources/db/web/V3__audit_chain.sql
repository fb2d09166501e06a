-- What was done and decided, appended only. Every row's SHA-256 covers that of the row before and all of its own fields, so
-- that a row that is changed, taken out, put in or moved shows: "face-login audit verify". The numbers have no gap.
-- The owner of the database could still switch these triggers off or drop the table: hence the chain, and its head kept elsewhere.
create table audit_entry (
  number          bigint primary key,
  at              timestamptz not null,
  actor           text not null,
  action          text not null,
  subject         text,
  details         text not null,
  previous_sha256 bytea not null,
  sha256          bytea not null
);
create index audit_entry_by_time on audit_entry (at);
create index audit_entry_by_action on audit_entry (action, number);
create index audit_entry_by_subject on audit_entry (subject, number);

-- A text in the canonical encoding: its length in bytes, then UTF-8; -1 for none. Java's AuditChain has the same.
create function audit_text(value text) returns bytea language sql as $$
  select case when value is null then int4send(-1)
    else int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$$;

-- One after the other: the lock lasts until the transaction ends, and the query below sees what the one before has committed.
create function audit_chain() returns trigger language plpgsql as $$
declare
  last_number bigint;
  last_sha256 bytea;
begin
  perform pg_advisory_xact_lock(4711200952);
  select number, sha256 into last_number, last_sha256 from audit_entry order by number desc limit 1;
  new.number := coalesce(last_number, 0) + 1;
  new.previous_sha256 := coalesce(last_sha256, decode(repeat('00', 32), 'hex'));
  new.sha256 := sha256(
    convert_to('face-login audit 1', 'UTF8')
    || new.previous_sha256
    || int8send(new.number)
    || int8send((extract(epoch from new.at) * 1000000)::bigint)
    || audit_text(new.actor) || audit_text(new.action) || audit_text(new.subject) || audit_text(new.details));
  return new;
end
$$;
create trigger audit_entry_chain before insert on audit_entry for each row execute function audit_chain();

-- Old entries are cut off only by "face-login audit cut", which says so and writes down where it cut.
create function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('face_login.audit_cut', true) = 'on' then
    return null;
  end if;
  raise exception 'The audit is append-only: % is refused', tg_op using errcode = 'integrity_constraint_violation';
end
$$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_append_only();

-- What was written down so far becomes the beginning of the chain.
insert into audit_entry (at, actor, action, subject, details)
select at, actor, action, subject, '{}' from audit_event order by id;

drop table audit_event;
