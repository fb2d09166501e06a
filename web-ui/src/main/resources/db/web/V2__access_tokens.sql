-- Who may do what by a token. Of the token itself only its SHA-256 is kept; the lasting one is the administrator's link.
create table access_token (
  id           uuid primary key,
  name         text not null check (length(name) between 1 and 100),
  role         text not null check (role in ('ADMIN', 'OPERATOR', 'VIEWER')),
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  lasting      boolean not null default false,
  created_by   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);

-- The links that were given so far go on.
insert into access_token (id, name, role, token_sha256, lasting, created_by, created_at)
select gen_random_uuid(), 'Administrator''s link', 'ADMIN', token_sha256, true, 'system', created_at from admin_token;

drop table admin_token;
