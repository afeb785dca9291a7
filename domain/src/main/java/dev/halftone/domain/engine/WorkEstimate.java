package dev.halftone.domain.engine;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Profile;
import java.time.Duration;
import java.util.List;

/// How long a pipeline would keep one core busy, guessed from the header alone: nanoseconds for each pixel that
/// is decoded, that each operation goes over, and that is encoded. It decides between now and later, so it may
/// be wrong by a factor of two; what it must not do is take a minute for a second.
///
/// The weights are rough guesses for one core and the engine that needs no native library; they were not
/// measured one by one.
///
/// @param time of one core
public record WorkEstimate(Duration time) {

    /// Up to here the caller waits for the result; beyond, it becomes a job.
    public static final Duration AT_ONCE = Duration.ofSeconds(1);

    /// A model takes its time whatever the picture, from a tenth of a second to half a minute.
    private static final double MODEL = 2_000_000_000.0;

    /// A search for a target tries about this many encodings.
    private static final int TRIES = 6;

    /// @param source the picture's size, upright
    public static WorkEstimate of(ImageFormat format, PixelSize source, Pipeline pipeline) {
        List<PixelSize> sizes = pipeline.sizes(source);
        double nanos = (double) source.pixels() * decoding(format);
        for (int i = 0; i < pipeline.operations().size(); i++) {
            nanos += of(
                    pipeline.operations().get(i),
                    sizes.get(i).pixels(),
                    sizes.get(i + 1).pixels());
        }
        PixelSize last = sizes.getLast();
        PixelSize out = pipeline.output().over(last);
        if (!out.equals(last)) {
            nanos += scaling(last.pixels(), out.pixels());
        }
        nanos += (double) out.pixels() * encoding(pipeline.output().format().over(format), pipeline.output());
        return new WorkEstimate(Duration.ofNanos((long) nanos));
    }

    /// Whether it is to be done later, as a job.
    public boolean isHeavy() {
        return time.compareTo(AT_ONCE) > 0;
    }

    private static double decoding(ImageFormat format) {
        return switch (format) {
            case BMP -> 5;
            case JPEG -> 12;
            case GIF, TIFF, ICO -> 20;
            case PNG, WEBP -> 30;
            case AVIF, HEIC, JXL, JP2, PSD, SVG -> 80;
        };
    }

    private static double of(Operation operation, long before, long after) {
        return switch (operation) {
            case Operation.Resize resize -> scaling(before, after);
            case Operation.SmartCrop crop -> scaling(before, after) + 10.0 * before;
            case Operation.Crop crop -> 2.0 * after;
            case Operation.CropTo crop -> 2.0 * after;
            case Operation.Trim trim -> 5.0 * before;
            case Operation.Rotate rotate -> (rotate.degrees() % 90 == 0 ? 6.0 : 60.0) * after;
            case Operation.Flip flip -> 4.0 * after;
            case Operation.Pad pad -> 4.0 * after;
            case Operation.Blur blur -> 60.0 * after;
            case Operation.Sharpen sharpen -> 80.0 * after;
            case Operation.Grayscale grayscale -> 5.0 * after;
            case Operation.Flatten flatten -> 5.0 * after;
            case Operation.TextMark mark -> 20.0 * after;
            case Operation.PictureMark mark -> 20.0 * after;
            case Operation.RemoveBackground background -> 60.0 * after;
            case Operation.CutOut cutOut -> MODEL + 30.0 * after;
        };
    }

    private static double scaling(long before, long after) {
        return 10.0 * before + 40.0 * after;
    }

    private static double encoding(ImageFormat format, Compression output) {
        boolean best = output.encoding().effort() == Effort.BEST;
        double once = switch (format) {
            case JPEG -> (output.encoding().profile() == Profile.SMALLEST ? 3 : 1) * (best ? 4 : 1) * 25.0;
            case PNG -> (best ? 3 : 1) * 500.0;
            case WEBP -> (best ? 3 : 1) * 150.0;
            case AVIF -> best ? 1_400 : 200;
            // Passed on as they are.
            case GIF, BMP, TIFF, ICO, HEIC, JXL, JP2, PSD, SVG -> 0;
        };
        return switch (output.target()) {
            case CompressionTarget.ToQuality quality -> once;
            case CompressionTarget.Lossless lossless -> once;
            case CompressionTarget.ToRatio ratio -> TRIES * once;
            case CompressionTarget.ToBytes bytes -> TRIES * once;
            // Each try is decoded again and compared.
            case CompressionTarget.ToSsim ssim -> TRIES * (once + 40);
        };
    }
}
