-- Why: a worker looks its items up by their ordinals, the next slice of a lane by the lane. Of a batch that was just
-- stored the planner knows nothing, and took the index of the lanes for both: then each slice reads its whole batch.
-- Items that repeat another are never in a slice; without them the index serves the one query that names them not.
drop index item_lane;
create index item_lane on item (batch, lane, ordinal) where first_ordinal is null;
