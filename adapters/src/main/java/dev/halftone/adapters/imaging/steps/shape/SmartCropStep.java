package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import java.util.OptionalInt;

/// Covers a size with the part of the picture that draws the eye most: where along the side that stands over does
/// the window hold most of [Saliency], its middle weighing most. Deterministic; where nothing stands out, the centre.
public final class SmartCropStep {
    /// How many places are tried; even, so that the centre is one.
    private static final int PLACES = 256;

    /// By so much a place at the far end has to be better than the centre.
    private static final double CENTRE_BONUS = 0.02;

    private SmartCropStep() {}

    /// What the picture is scaled to and which size is cut out of it.
    public static Fitting fitting(PixelSize size, Operation.SmartCrop crop) {
        return Fitting.of(
                size,
                new Operation.Resize(
                        OptionalInt.of(crop.size().width()),
                        OptionalInt.of(crop.size().height()),
                        Fit.CROP,
                        Gravity.CENTER,
                        Rgba.WHITE));
    }

    /// @param size of the picture; its pixels may be fewer where it was decoded smaller
    public static Picture.Colour run(
            Picture.Colour picture, PixelSize size, Operation.SmartCrop crop, Deadline deadline) {
        Fitting fitting = fitting(size, crop);
        PixelSize scaled = fitting.scaled();
        Box window = fitting.window();
        if (!window.isWhole(scaled)) {
            Saliency saliency = Saliency.of(picture, deadline);
            window = new Box(
                    best(saliency.columns(), scaled.width(), window.width()),
                    best(saliency.rows(), scaled.height(), window.height()),
                    window.width(),
                    window.height());
        }
        return Resampling.to(picture, scaled, window, deadline);
    }

    /// @param whole pixels of the side, which the scores are spread over
    /// @return where the best stretch of `length` begins
    private static int best(float[] scores, int whole, int length) {
        int room = whole - length;
        int best = room / 2;
        double most = -1;
        for (int i = 0; i <= PLACES && room > 0; i++) {
            int start = (int) Math.round((double) room * i / PLACES);
            double off = Math.abs(2.0 * i / PLACES - 1);
            double sum = sum(scores, whole, start, length) * (1 - CENTRE_BONUS * off);
            if (sum > most) {
                most = sum;
                best = start;
            }
        }
        return best;
    }

    private static double sum(float[] scores, int whole, int start, int length) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double at = ((i + 0.5) * whole / scores.length - start) / length;
            if (at > 0 && at < 1) {
                sum += scores[i] * (1 - (2 * at - 1) * (2 * at - 1));
            }
        }
        return sum;
    }
}
