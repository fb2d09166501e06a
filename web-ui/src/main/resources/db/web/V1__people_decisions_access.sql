-- Who is enrolled. A row without enrolled_at waits for the matcher's answer and is shown nowhere.
create table person (
  id          uuid primary key,
  name        text not null check (length(name) between 1 and 200),
  mail        text check (length(mail) <= 320),
  created_at  timestamptz not null,
  enrolled_at timestamptz,
  templates   integer not null default 0,
  weak        boolean not null default false
);
create index person_by_name on person (lower(name), id);

-- What a person agreed to, in which words. Goes with the person.
create table consent (
  id           uuid primary key,
  person_id    uuid not null references person on delete cascade,
  text_version text not null,
  source       text not null,
  given_at     timestamptz not null,
  withdrawn_at timestamptz
);
create index consent_by_person on consent (person_id);

-- What the matcher decided. Whoever is erased stays in here without a name.
create table decision (
  id                    text primary key,
  camera_id             text not null,
  track_id              bigint not null,
  revision              integer not null,
  purpose               text not null,
  outcome               text not null,
  reasons               text[] not null,
  person_id             uuid references person on delete set null,
  cosine_similarity     real,
  threshold             real not null,
  fpir_at_gallery_size  double precision not null,
  gallery_people        integer not null,
  frames_used           integer not null,
  captured_at           timestamptz not null,
  decided_at            timestamptz not null
);
create index decision_by_time on decision (decided_at desc, id);
create index decision_by_person on decision (person_id, decided_at desc);
create index decision_by_camera on decision (camera_id, decided_at desc);

-- SHA-256 of the administrator's token; the token itself is nowhere.
create table admin_token (
  token_sha256 bytea primary key,
  created_at   timestamptz not null
);

-- What administrators and persons did; says which person by id only.
create table audit_event (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  actor   text not null,
  action  text not null,
  subject text
);
