-- Why: an operator has to see which receivers are told, which fail and since when, to change a secret without missing a
-- message, and to read what was tried and answered. Progress is told too, to those who ask for it; messages may arrive
-- in any order, so each event keeps its place among its batch's and the batch as it stood.

-- An id as the service makes them: 26 characters of Crockford's base32, the first of three bits.
create function public_id() returns text language sql volatile as $$
  select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
                           (get_byte(bits, i) & case when i = 0 then 7 else 31 end) + 1, 1), '' order by i)
    from (select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as bits) random,
         generate_series(0, 25) i
$$;

-- "failing_since" is the first failure of those that no success, and no pause of more than a day, has ended.
alter table webhook_endpoint
  add column id text not null unique default public_id() check (length(id) = 26),
  add column disabled_reason text check (disabled_reason in ('gone', 'failing')),
  add column failing_since timestamptz,
  add column last_failure timestamptz;

update webhook_endpoint set disabled_reason = 'gone' where disabled is not null;

-- Secrets that a rotation replaced and that still sign.
create table webhook_old_secret (
  endpoint        bigint not null references webhook_endpoint on delete cascade,
  secret          text not null,
  expires         timestamptz not null,
  primary key (endpoint, secret)
);

-- The highest milestone that was told, 0 at first; null where progress is not told.
alter table batch add column told_percent smallint check (told_percent between 0 and 100);

alter table event
  add column number integer,
  add column milestone smallint check ((milestone is not null) = (type = 'batch.progress')),
  add column snapshot jsonb;

update event e set number = n.number
  from (select key, row_number() over (partition by batch order by key) as number from event where batch is not null) n
 where n.key = e.key;

create unique index event_number on event (batch, number) where batch is not null;
create unique index one_event_a_milestone on event (batch, milestone) where milestone is not null;

alter table delivery_attempt
  add column answer text,
  add column next_attempt timestamptz;
