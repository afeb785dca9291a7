-- Why: single images are uploaded, looked at, and run through pipelines. An asset is the row that names its bytes; its
-- facts can be made again from them at any time. A variant is what one pipeline made of it, found again by the hash of
-- the pipeline. Heavy pipelines are jobs: they wait in a queue of their own, so that a large batch never takes their
-- slots, and their end is told as that of a batch is.

create table asset (
  key             bigint generated always as identity primary key,
  id              text not null unique check (length(id) = 26),
  owner           text not null default 'local',
  format          text not null,
  width           integer not null check (width > 0),
  height          integer not null check (height > 0),
  bytes           bigint not null check (bytes > 0),
  sha256          text not null check (length(sha256) = 64),
  phash           bigint,
  facts           jsonb,
  created         timestamptz not null default now()
);

-- Narrow, so that a search by look reads 24 bytes an asset.
create index asset_look on asset (phash) include (key) where phash is not null;

create table variant (
  asset           bigint not null references asset on delete cascade,
  pipeline        text not null check (length(pipeline) = 64),
  object_key      text not null,
  format          text not null,
  width           integer not null,
  height          integer not null,
  bytes           bigint not null,
  notes           text[] not null default '{}',
  created         timestamptz not null default now(),
  primary key (asset, pipeline)
);

-- "fence" is the token of every write about a run; "attempts" is how often it was begun and not handed back.
create table job (
  key             bigint generated always as identity primary key,
  id              text not null unique check (length(id) = 26),
  owner           text not null default 'local',
  asset           bigint not null references asset on delete cascade,
  pipeline        jsonb not null,
  pipeline_hash   text not null check (length(pipeline_hash) = 64),
  state           text not null default 'pending' check (state in ('pending', 'processing', 'done', 'failed')),
  progress        smallint not null default 0 check (progress between 0 and 100),
  fence           integer not null default 0,
  attempts        smallint not null default 0,
  crashes         smallint not null default 0,
  node            bigint,
  webhook         bigint references webhook_endpoint,
  code            text,
  detail          text,
  created         timestamptz not null default now(),
  updated         timestamptz not null default now(),
  started         timestamptz,
  finished        timestamptz,

  constraint finished_when_final check ((state in ('done', 'failed')) = (finished is not null)),
  constraint processing_has_begun check (state <> 'processing' or (started is not null and fence > 0 and node is not null)),
  constraint failed_has_code check (state <> 'failed' or code is not null)
);

create index job_asset on job (asset);
create index job_unfinished on job (id) where finished is null;

create table job_queue (like slice_queue including all);

-- An event is of a batch or of a job.
alter table event alter column batch drop not null;
alter table event add column job bigint references job on delete cascade;
alter table event add constraint of_one check ((batch is null) <> (job is null));

create unique index one_end_a_job on event (job) where job is not null;

-- What an output looks like, of batches that ask for it.
alter table item add column phash bigint;
