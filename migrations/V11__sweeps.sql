-- Why: an object that no row names is swept away, and no object that a row names, or will name, may ever be. An object
-- is put before its row is written, so looking for a row is not enough: whoever put it may be slow, frozen, or tried
-- again. Therefore a key is taken out of use before its object goes, in the transaction that found it without a row.

-- Tells whose an object store is. Two databases that share a bucket must not sweep each other's objects.
create table stock (
  id              text not null default public_id() check (length(id) = 26),
  one             boolean primary key default true check (one)
);

insert into stock default values;

-- Ids of batches and images that objects were found of, and no row. No row will ever have one of them.
create table swept_id (
  id              text primary key,
  at              timestamptz not null default now()
);

-- Here rather than in the service, so that a node of an older version is refused as well. The lock is shared with those
-- who insert, each for their own id, until they commit; a sweep takes it alone, or leaves the id alone.
create function refuse_swept_id() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.id, 11));
  if exists (select 1 from swept_id where id = new.id) then
    raise exception 'what was stored for % lay without a row for so long that it was swept away', new.id;
  end if;
  return new;
end
$$;

create trigger batch_not_swept before insert on batch for each row execute function refuse_swept_id();
create trigger asset_not_swept before insert on asset for each row execute function refuse_swept_id();

-- The round in which an image's variants are stored: a part of their keys, but for the first. A sweep that found variants
-- without a row goes on to the next, and a variant that was put in an earlier one is refused its row.
alter table asset add column round integer not null default 0;

-- So that a variant can be told whole; null for those of before.
alter table variant add column sha256 text check (length(sha256) = 64);
