-- Why: shops want outputs under names of their own ("{sku}/{sku}-{n}.jpg"). A name is decided once, when the batch is
-- stored, so that it is unique within the batch and the same however often the item runs.

alter table item add column name text;
