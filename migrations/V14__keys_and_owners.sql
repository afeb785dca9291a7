-- Why: a service that others reach lets in who shows a key, and shows each owner what is theirs alone. Of a key and of
-- a session only the SHA-256 is kept, so that whoever reads the database can be nobody else. What signs webhooks has to
-- be known in full; it is sealed with a key that is not in the database ("sealing" holds a text that only that key
-- opens, so that a node with another one notices).

create table api_key (
  key             bigint generated always as identity primary key,
  name            text not null check (length(name) between 1 and 63),
  owner           text not null check (length(owner) between 1 and 63),
  hint            text not null check (length(hint) = 12),
  sha256          text not null unique check (length(sha256) = 64),
  rate            integer check (rate >= 0),
  quota           bigint check (quota >= 0),
  created         timestamptz not null default now(),
  last_used       timestamptz,
  revoked         timestamptz
);

create unique index api_key_name on api_key (name) where revoked is null;
create index api_key_hint on api_key (hint);

-- "hint" finds the row, the whole hash is compared outside of the database, in constant time.
create table session (
  sha256          text primary key check (length(sha256) = 64),
  hint            text not null check (length(hint) = 8),
  api_key         bigint not null references api_key on delete cascade,
  created         timestamptz not null default now(),
  expires         timestamptz not null
);

create index session_hint on session (hint);
create index session_expires on session (expires);
create index session_api_key on session (api_key);

-- Images that were handed in with a key, by day (UTC).
create table key_usage (
  api_key         bigint not null references api_key on delete cascade,
  day             date not null,
  images          bigint not null check (images >= 0),
  primary key (api_key, day)
);

create table sealing (
  one             boolean primary key default true check (one),
  sealed          text not null
);

-- An owner's own, newest first, without reading those of others.
create index batch_owner on batch (owner, key);

drop index asset_look;
create index asset_look on asset (owner, phash) include (key) where phash is not null;
