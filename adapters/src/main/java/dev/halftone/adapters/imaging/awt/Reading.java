package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// One run of one ImageIO reader over bytes in memory, stopped at the deadline, with an ear for the warning
/// that a picture is only half there: readers hand such a picture out as if it were whole.
final class Reading implements IIOReadWarningListener, IIOReadProgressListener {
    private final Deadline deadline;
    private final List<String> warnings = new ArrayList<>();

    private Reading(Deadline deadline) {
        this.deadline = deadline;
    }

    static BufferedImage read(Plugins plugin, byte[] bytes, int index, Deadline deadline) throws IOException {
        return run(plugin, bytes, deadline, reader -> reader.read(index));
    }

    /// The components of a JPEG as they are stored, with no colour conversion.
    static Raster raster(byte[] bytes, Deadline deadline) throws IOException {
        return run(Plugins.JPEG, bytes, deadline, reader -> reader.readRaster(0, null));
    }

    private interface Work<T> {
        T with(ImageReader reader) throws IOException;
    }

    private static <T> T run(Plugins plugin, byte[] bytes, Deadline deadline, Work<T> work) throws IOException {
        Reading reading = new Reading(deadline);
        ImageReader reader = plugin.reader();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener(reading);
            reader.addIIOReadProgressListener(reading);
            T result = work.with(reader);
            deadline.check();
            reading.refuseTruncated();
            return result;
        } finally {
            reader.dispose();
        }
    }

    private void refuseTruncated() {
        for (String warning : warnings) {
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("premature end") || text.contains("truncated")) {
                throw HalftoneException.of(
                        FailureCode.CORRUPT_IMAGE,
                        "the picture data is cut short: its decoder says \"" + warning + '"');
            }
        }
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (warnings.size() < 100) {
            warnings.add(warning);
        }
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        if (deadline.hasPassed()) {
            source.abort();
        }
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}
}
