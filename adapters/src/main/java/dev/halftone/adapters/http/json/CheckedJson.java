package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.InvalidRows;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.manifest.ManifestRefused;
import java.util.List;

/// What a dry run found.
///
/// @param valid whether the same submission without `dryRun` is taken
/// @param badRows how many rows can't be used; `errors` lists at most the first 10,000 problems
public record CheckedJson(
        boolean valid,
        long totalProducts,
        long totalImages,
        long badRows,
        List<ProblemJson.Entry> errors,
        List<WarningJson> warnings) {

    public static CheckedJson of(SubmitBatch.Result.Checked checked, InvalidRows onInvalidRows) {
        long images = checked.summary().images();
        boolean valid = checked.summary().badRows() == 0 || (onInvalidRows == InvalidRows.SKIP && images > 0);
        return new CheckedJson(
                valid,
                checked.summary().products(),
                images,
                checked.summary().badRows(),
                checked.problems().stream().map(ProblemJson.Entry::of).toList(),
                WarningJson.of(checked.assumptions()));
    }

    /// The file as a whole can't be used.
    public static CheckedJson of(ManifestRefused refused) {
        return new CheckedJson(false, 0, 0, 0, List.of(ProblemJson.Entry.of(refused)), List.of());
    }
}
