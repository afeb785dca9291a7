-- Why: a batch can be stopped, and deleted, while it runs. Both are said on the batch's own row, which every write about
-- its items holds: from then on nothing of it begins. A deleted batch is seen no more; its rows stay until its objects
-- are gone, so that a deletion that was interrupted goes on.

alter table batch add column cancel_requested timestamptz;
alter table batch add column deleted timestamptz;

create index batch_deleted on batch (key) where deleted is not null;
