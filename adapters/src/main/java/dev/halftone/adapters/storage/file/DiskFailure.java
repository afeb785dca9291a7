package dev.halftone.adapters.storage.file;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tells a full disk from a broken one. Java has no type for it: the system's text is looked at, and because that
/// can be in the machine's language, the space that is left as well.
final class DiskFailure {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final long HARDLY_ANY = 64 << 10;

    private DiskFailure() {}

    /// The detail names no path: it is shown to users. The cause, for the log, does.
    static HalftoneException of(IOException failure, Path root) {
        return isFull(failure, root)
                ? HalftoneException.of(FailureCode.STORAGE_FULL, "no space is left in the folder of the store", failure)
                : HalftoneException.of(
                        FailureCode.STORAGE_UNAVAILABLE, "the folder of the store can't be used", failure);
    }

    private static boolean isFull(IOException failure, Path root) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (FULL.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        try {
            return Files.getFileStore(root).getUsableSpace() < HARDLY_ANY;
        } catch (IOException unknown) {
            return false;
        }
    }
}
