package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.PurgeOld;

/// What a purge of old batches came to.
///
/// @param purged batches
/// @param objects of them: uploads, outputs and renditions
/// @param deleting batches of these whose objects still go, in the background
/// @param dryRun whether they were only counted
public record PurgedJson(long purged, long objects, long deleting, boolean dryRun) {

    public static PurgedJson of(PurgeOld.Purged purged, boolean dryRun) {
        return new PurgedJson(purged.batches(), purged.objects(), purged.deleting(), dryRun);
    }
}
