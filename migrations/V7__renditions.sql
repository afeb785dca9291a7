-- Why: a batch may ask for further outputs of every image. They are written with the item's own result, by the same
-- statement under the same fence, and read with it: a column keeps them together and costs nothing where there are
-- none. Each is an object with name, key, mediaType, width, height, bytes and sha256 (hexadecimal).

alter table item add column renditions jsonb;
alter table item add constraint rendered_is_completed check (renditions is null or object_key is not null);
