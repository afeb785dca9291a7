-- Why: a batch and its items are the product's memory. What was acknowledged must survive, counts must always add
-- up, and an item's state must never contradict its timestamps, whoever writes it. Two million items in one batch
-- are normal, so an item is one narrow row, a URL that repeats inside a batch is stored and processed once, and the
-- counters live on the batch, moved by the very statements that move the items.

create table batch (
  key             bigint generated always as identity primary key,
  id              text not null unique check (length(id) = 26),
  owner           text not null default 'local',
  state           text not null default 'pending'
                  check (state in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  options         jsonb not null,
  upload          text not null,
  fingerprint     text not null check (length(fingerprint) = 64),
  products        bigint not null default 0,
  skipped_rows    bigint not null default 0,
  assumptions     jsonb not null default '[]',

  -- The cursor along the items and the number of chained slices in the queue.
  next_item       integer not null default 0,
  open_slices     integer not null default 0 check (open_slices >= 0),

  total           bigint not null default 0,
  pending         bigint not null default 0 check (pending >= 0),
  processing      bigint not null default 0 check (processing >= 0),
  completed       bigint not null default 0 check (completed >= 0),
  kept_original   bigint not null default 0 check (kept_original >= 0),
  failed          bigint not null default 0 check (failed >= 0),
  cancelled       bigint not null default 0 check (cancelled >= 0),
  bytes_in        bigint not null default 0,
  bytes_out       bigint not null default 0,

  webhook         bigint,
  created         timestamptz not null default now(),
  updated         timestamptz not null default now(),
  started         timestamptz,
  finished        timestamptz,

  constraint counts_add_up check (pending + processing + completed + failed + cancelled = total),
  constraint kept_are_completed check (kept_original <= completed),
  constraint finished_when_final check ((state in ('completed', 'failed', 'cancelled')) = (finished is not null)),
  constraint final_has_no_open_items check (finished is null or pending + processing = 0),
  constraint pending_has_not_started check ((state = 'pending') <= (started is null))
) with (fillfactor = 50);

create index batch_unfinished on batch (key) where finished is null;

-- Failed items by code, so that a status answer reads a handful of rows.
create table batch_failure (
  batch           bigint not null references batch on delete cascade,
  code            text not null,
  items           bigint not null check (items > 0),
  primary key (batch, code)
);

create table manifest_row (
  batch           bigint not null references batch on delete cascade,
  row_index       integer not null,
  line            bigint not null,
  product         text not null,
  primary key (batch, row_index)
);

-- A repeat of a URL has no state of its own: first_ordinal names the item that answers for it, whose "copies" counts
-- both. "fence" is the token of every write about a run; "attempts" is how often it was begun and not handed back.
create table item (
  batch           bigint not null references batch on delete cascade,
  ordinal         integer not null,
  row_index       integer not null,
  position        smallint not null,
  first_ordinal   integer,
  copies          integer not null default 1,
  url             text,
  state           text default 'pending'
                  check (state in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  fence           integer not null default 0,
  attempts        smallint not null default 0,
  crashes         smallint not null default 0,
  node            bigint,
  begun           timestamptz,
  ended           timestamptz,
  outcome         text check (outcome in ('compressed', 'kept_original')),
  code            text,
  detail          text,
  object_key      text,
  media_type      text,
  width           integer,
  height          integer,
  bytes_in        bigint,
  bytes_out       bigint,
  sha256          bytea,
  notes           text[],
  primary key (batch, ordinal),

  constraint repeat_has_no_state check ((first_ordinal is null) = (state is not null)),
  constraint repeat_has_no_url check ((first_ordinal is null) = (url is not null)),
  constraint ended_when_final check ((state in ('completed', 'failed', 'cancelled')) = (ended is not null)),
  constraint processing_has_begun check (state <> 'processing' or (begun is not null and fence > 0 and node is not null)),
  constraint completed_has_output check ((state = 'completed') = (object_key is not null)),
  constraint output_is_whole check ((object_key is null) = (outcome is null or media_type is null or width is null
    or height is null or bytes_in is null or bytes_out is null or sha256 is null)),
  constraint failed_has_code check (state <> 'failed' or code is not null)
) with (fillfactor = 70);

-- No index on what changes: an item is updated in its page, and no index learns of it.

create table idempotency (
  owner           text not null default 'local',
  key             text not null check (length(key) between 1 and 255),
  batch           bigint not null references batch on delete cascade,
  fingerprint     text not null,
  created         timestamptz not null default now(),
  primary key (owner, key)
);

create index idempotency_age on idempotency (created);
create index idempotency_batch on idempotency (batch);
