-- What tokens for other applications are signed with. Private parts are encrypted by a key that is not in here.
create table signing_key (
  id         text primary key,
  public_jwk text not null,
  encrypted  bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  drop_at    timestamptz,
  check ((retired_at is null) = (drop_at is null))
);
create unique index one_key_signs on signing_key ((true)) where retired_at is null;
