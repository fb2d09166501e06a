-- Applications that people log in to by face, and what was issued to them. The columns are those that Spring
-- Security's authorization server asks for; what was issued goes with the person and with the application.
create table oauth2_registered_client (
  id                            varchar(100) primary key,
  client_id                     varchar(100) not null unique,
  client_id_issued_at           timestamptz not null,
  client_secret                 varchar(200),
  client_secret_expires_at      timestamptz,
  client_name                   varchar(200) not null,
  client_authentication_methods varchar(1000) not null,
  authorization_grant_types     varchar(1000) not null,
  redirect_uris                 text,
  post_logout_redirect_uris     text,
  scopes                        varchar(1000) not null,
  client_settings               varchar(2000) not null,
  token_settings                varchar(2000) not null
);

create table oauth2_authorization (
  id                            varchar(100) primary key,
  registered_client_id          varchar(100) not null references oauth2_registered_client on delete cascade,
  principal_name                varchar(200) not null,
  person_id                     uuid generated always as (principal_name::uuid) stored references person on delete cascade,
  authorization_grant_type      varchar(100) not null,
  authorized_scopes             varchar(1000),
  attributes                    text,
  state                         varchar(500),
  authorization_code_value      text,
  authorization_code_issued_at  timestamptz,
  authorization_code_expires_at timestamptz,
  authorization_code_metadata   text,
  access_token_value            text,
  access_token_issued_at        timestamptz,
  access_token_expires_at       timestamptz,
  access_token_metadata         text,
  access_token_type             varchar(100),
  access_token_scopes           varchar(1000),
  oidc_id_token_value           text,
  oidc_id_token_issued_at       timestamptz,
  oidc_id_token_expires_at      timestamptz,
  oidc_id_token_metadata        text,
  refresh_token_value           text,
  refresh_token_issued_at       timestamptz,
  refresh_token_expires_at      timestamptz,
  refresh_token_metadata        text,
  user_code_value               text,
  user_code_issued_at           timestamptz,
  user_code_expires_at          timestamptz,
  user_code_metadata            text,
  device_code_value             text,
  device_code_issued_at         timestamptz,
  device_code_expires_at        timestamptz,
  device_code_metadata          text,
  created_at                    timestamptz not null default now()
);
create index oauth2_authorization_by_person on oauth2_authorization (person_id);
create index oauth2_authorization_by_code on oauth2_authorization (authorization_code_value);
-- Hashed, since a token may be longer than what a tree takes.
create index oauth2_authorization_by_access_token on oauth2_authorization using hash (access_token_value);
create index oauth2_authorization_by_id_token on oauth2_authorization using hash (oidc_id_token_value);
create index oauth2_authorization_by_state on oauth2_authorization (state);
create index oauth2_authorization_by_time on oauth2_authorization (created_at);

create table oauth2_authorization_consent (
  registered_client_id varchar(100) not null references oauth2_registered_client on delete cascade,
  principal_name       varchar(200) not null,
  person_id            uuid generated always as (principal_name::uuid) stored references person on delete cascade,
  authorities          varchar(1000) not null,
  primary key (registered_client_id, principal_name)
);
