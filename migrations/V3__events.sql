-- Why: an event is written in the transaction that makes it true, and its delivery is queued there too, so neither can
-- be lost or told twice under two ids. The log of attempts is what an operator asks for when a receiver says that it
-- heard nothing.

create table webhook_endpoint (
  key             bigint generated always as identity primary key,
  owner           text not null default 'local',
  url             text not null,
  secret          text not null,
  disabled        timestamptz,
  created         timestamptz not null default now(),
  unique (owner, url)
);

alter table batch add constraint batch_webhook foreign key (webhook) references webhook_endpoint;

-- "run" counts the times a batch was set going, so that a retried batch may end, and tell of it, again.
alter table batch add column run integer not null default 1;

create table event (
  key             bigint generated always as identity primary key,
  batch           bigint not null references batch on delete cascade,
  run             integer not null,
  type            text not null,
  at              timestamptz not null default now()
);

create unique index one_end_a_run on event (batch, run)
  where type in ('batch.completed', 'batch.failed', 'batch.cancelled');

create table delivery (
  key             bigint generated always as identity primary key,
  id              text not null unique check (length(id) = 26),
  event           bigint not null references event on delete cascade,
  endpoint        bigint not null references webhook_endpoint,
  state           text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  body            text,
  step            integer not null default 0,
  next_attempt    timestamptz not null default now(),
  created         timestamptz not null default now(),
  ended           timestamptz,
  constraint ended_when_final check ((state = 'waiting') = (ended is null)),
  constraint delivered_has_body check (state <> 'delivered' or body is not null)
);

create index delivery_event on delivery (event);
create index delivery_waiting on delivery (id) where state = 'waiting';

create table delivery_attempt (
  delivery        bigint not null references delivery on delete cascade,
  number          integer not null,
  at              timestamptz not null,
  duration_ms     bigint not null check (duration_ms >= 0),
  status          integer,
  reason          text,
  primary key (delivery, number)
);
