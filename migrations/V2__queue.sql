-- Why: slices and deliveries wait in db-scheduler's own table shape (its PostgreSQL script, one table a kind, so that
-- slow webhook receivers never take a slot from images). A node row says which process is alive: an item that was
-- being processed by a dead one is suspected of having killed it.

create table slice_queue (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);

create index slice_queue_due on slice_queue (execution_time);
create index slice_queue_heartbeat on slice_queue (last_heartbeat);

create table delivery_queue (like slice_queue including all);

create table node (
  key             bigint generated always as identity primary key,
  name            text not null unique,
  started         timestamptz not null default now(),
  seen            timestamptz not null default now(),
  stopped         timestamptz
);

create index node_alive on node (seen) where stopped is null;
