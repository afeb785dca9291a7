package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// One picture read by one reader, with what readers do to their callers kept in: unchecked exceptions, warnings that
/// mean
/// damage, endless work.
final class Reading {
    private Reading() {}

    /// @param index of the picture in the file
    /// @throws HalftoneException `corrupt_image`, `too_many_pixels` or `processing_timeout`
    static BufferedImage read(ImageReader reader, byte[] bytes, int index, Deadline deadline) {
        Watch watch = new Watch(deadline);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, false, true);
            reader.addIIOReadWarningListener(watch);
            reader.addIIOReadProgressListener(watch);
            BufferedImage image = reader.read(index);
            deadline.check();
            if (image == null || !watch.damage.isEmpty()) {
                throw HalftoneException.of(
                        FailureCode.CORRUPT_IMAGE, image == null ? "the reader made no picture of it" : watch.damage);
            }
            return image;
        } catch (HalftoneException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(FailureCode.TOO_MANY_PIXELS, "the picture does not fit into memory", e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            deadline.check();
            if (e.getCause() instanceof OutOfMemoryError) {
                throw HalftoneException.of(FailureCode.TOO_MANY_PIXELS, "the picture does not fit into memory", e);
            }
            throw HalftoneException.of(FailureCode.CORRUPT_IMAGE, "it can't be decoded: " + reason(e), e);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("").strip();
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }

    /// Hears what the reader says while it works.
    private static final class Watch implements IIOReadWarningListener, IIOReadProgressListener {
        private final Deadline deadline;
        private String damage = "";

        Watch(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            String text = String.valueOf(warning).toLowerCase(Locale.ROOT);
            if (text.contains("truncated")
                    || text.contains("premature")
                    || text.contains("missing eoi")
                    || text.contains("corrupt jpeg data")
                    || text.contains("bad huffman")) {
                damage = "the picture data is damaged: " + warning;
            }
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (deadline.hasPassed()) {
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
