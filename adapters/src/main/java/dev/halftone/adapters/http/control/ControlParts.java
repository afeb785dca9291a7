package dev.halftone.adapters.http.control;

import dev.halftone.adapters.http.json.Links;
import dev.halftone.domain.batch.BatchControl;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.batch.PurgeOld;
import java.time.InstantSource;

/// What the routes that control batches stand on.
public record ControlParts(
        BatchControl control, PurgeBatch purge, PurgeOld purgeOld, Links links, InstantSource clock) {}
