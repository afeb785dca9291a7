-- Why: what nobody comes for any more has to go by itself, at a time that everybody can see. A batch expires so long
-- after its end; one that runs never does, and one that is set going again has no end for the time being.

-- Seconds; null to keep it for good, as all batches of before are.
alter table batch
  add column keep_for bigint check (keep_for > 0),
  add column expires_at timestamptz,
  add constraint expires_after_its_end check (expires_at is null or finished is not null);

create index batch_expires on batch (expires_at) where expires_at is not null;
