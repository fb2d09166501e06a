-- Backups that were made whole. In the folder of each lies the list of those erased since, which this site keeps up to date;
-- null where the file went to another machine.
create table backup (
  id      text primary key,
  made_at timestamptz not null,
  made_by text not null,
  folder  text
);
create index backup_by_time on backup (made_at desc);
