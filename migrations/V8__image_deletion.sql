-- Why: an image that is being deleted must not get new variants. One that was stored between the look at its variants
-- and the end of its row left an object that no row named. From this mark on nobody finds the image, and nothing is
-- stored of it; the row stays until its objects are gone, so that a deletion that was interrupted can be given again.

alter table asset add column deleting timestamptz;
