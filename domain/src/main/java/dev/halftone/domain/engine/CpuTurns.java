package dev.halftone.domain.engine;

import dev.halftone.domain.image.DeclaredSize;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.Collection;
import java.util.function.Supplier;

/// Port: hands out turns on the few threads that burn CPU, in turn over the owners that wait (batches, and the
/// transforms of the service together), within a memory budget.
public interface CpuTurns {

    /// Runs the work on an engine thread and waits for it.
    ///
    /// @param owner whose turn it is: waiting owners are served round-robin
    /// @param bytes what the work will hold in memory at its peak, as an estimate
    /// @throws RuntimeException what the work threw, unchanged
    <T> T take(TurnOwner owner, long bytes, Supplier<T> work) throws InterruptedException;

    /// What decoding an image and encoding it again holds at most: decoded pixels dominate, and a file of a
    /// few kilobytes can declare fifty millions. The bytes for each pixel are rounded up from the smallest
    /// heaps in which pictures of twelve megapixels came through; JPEG is mostly recompressed in strips.
    static long memoryOf(SourceImage source) {
        long perPixel = switch (source.format()) {
            case JPEG -> 6;
            case PNG -> 8;
            case GIF, WEBP, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> 16;
        };
        long file = source.bytes().length;
        // Photographs decode to about ten times their bytes.
        return DeclaredSize.of(source)
                .map(size -> 3 * file + perPixel * Math.min(size.pixels(), Integer.MAX_VALUE))
                .orElse(12 * file);
    }

    /// Likewise with the largest picture that operations make of it on the way, before and after one of them.
    ///
    /// @param marks the other images that are opened for it
    static long memoryOf(SourceImage source, Pipeline pipeline, Collection<SourceImage> marks) {
        long opened =
                memoryOf(source) + marks.stream().mapToLong(CpuTurns::memoryOf).sum();
        if (!pipeline.changesPicture()) {
            return opened;
        }
        int most = ImageLimits.DEFAULT.maxSide();
        long beforeAndAfter = 8;
        return opened
                + DeclaredSize.of(source)
                        .filter(size -> size.width() <= most && size.height() <= most)
                        .map(size -> new PixelSize((int) size.width(), (int) size.height()))
                        .map(size -> beforeAndAfter * pipeline.largest(size).pixels())
                        .orElse(0L);
    }
}
