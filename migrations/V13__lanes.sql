-- Why: a CSV often lists the images of one host after those of another, and one host can be slow, or down. Items are
-- therefore put into lanes by their host when they are stored, and each lane has a cursor of its own, so that the
-- window of a batch is shared between its hosts. A lane whose host is down is paused: it opens no further slices until
-- those that were put off come back. Batches that are here already have one lane, 0, and go on where they are.

alter table item
  add column lane smallint not null default 0,
  -- Since when the item has been put off, untried, because its host was left alone.
  add column waiting_since timestamptz;

-- "drained" says that no item at or after the cursor waits.
create table batch_lane (
  batch           bigint not null references batch on delete cascade,
  lane            smallint not null,
  next_item       integer not null default 0,
  open_slices     integer not null default 0 check (open_slices >= 0),
  drained         boolean not null default false,
  paused_until    timestamptz,
  primary key (batch, lane)
) with (fillfactor = 50);

insert into batch_lane (batch, lane, next_item, open_slices) select key, 0, next_item, open_slices from batch;

alter table batch drop column next_item;

-- Of what never changes, so that no update of an item touches it. By it the next items of a lane are found in order,
-- also of a batch that was just stored and has no statistics: by the primary key, the planner would read and sort all
-- that is left of the batch.
create index item_lane on item (batch, lane, ordinal);
