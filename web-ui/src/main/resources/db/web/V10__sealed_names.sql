-- Names and mails are sealed by the person's key, which is not in here: what is left of a row that is gone, in the table or
-- in the log, says nothing once the key is gone too. Nobody was enrolled before that by a version that was published.
do $$
begin
  if exists (select 1 from person) then
    raise exception 'This database holds names in the plain, from before they were sealed. Start with an empty one and enrol anew.';
  end if;
end
$$;
drop index person_by_name;
alter table person
  drop column name,
  drop column mail,
  add column sealed_name bytea not null,
  add column sealed_mail bytea;
