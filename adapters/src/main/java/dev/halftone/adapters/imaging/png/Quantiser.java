package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Optional;

/// Finds the smallest palette that keeps a picture within the error of a quality, and lays the picture on it.
public final class Quantiser {
    private static final int MOST_COLOURS = 256;
    private static final int ITERATIONS = 4;

    /// What k-means usually takes off the error of the first cut.
    private static final double HOPED_GAIN = 1.25;

    private Quantiser() {}

    /// @param quality 1 to 100 on the scale of [Perception]
    /// @return empty where 256 colours are too few
    public static Optional<Quantised> quantise(Picture.Colour picture, int quality, Deadline deadline) {
        return quantise(picture, Histogram.of(picture.argb()), quality, deadline);
    }

    /// @param colours the picture's own, counted once for several qualities
    static Optional<Quantised> quantise(Picture.Colour picture, Histogram colours, double quality, Deadline deadline) {
        double allowed = Perception.errorAt(quality);
        return smallestPalette(colours, allowed, deadline)
                .map(found -> Dithering.lay(picture, rounded(found.palette()), found.error(), allowed, deadline));
    }

    private static Optional<Refinement.Step> smallestPalette(Histogram colours, double allowed, Deadline deadline) {
        MedianCut cut = new MedianCut(colours);
        double wanted = allowed * colours.pixels();
        while (cut.count() < MOST_COLOURS && cut.error() > wanted * HOPED_GAIN) {
            deadline.check();
            if (!cut.cut()) {
                break;
            }
        }
        Refinement refinement = new Refinement(colours);
        while (true) {
            deadline.check();
            boolean last = cut.count() >= MOST_COLOURS;
            Refinement.Step step = refinement.run(cut.means(), last ? 3 * ITERATIONS : ITERATIONS);
            if (step.error() <= allowed) {
                return Optional.of(step);
            }
            int next = Math.min(MOST_COLOURS, cut.count() + 1 + cut.count() / 10);
            boolean more = !last;
            while (more && cut.count() < next) {
                more = cut.cut();
            }
            if (!more) {
                return Optional.empty();
            }
        }
    }

    /// The palette as PNG can store it: 8 bits a sample.
    private static Palette rounded(Palette palette) {
        float[][] colours = new float[palette.size()][];
        for (int i = 0; i < colours.length; i++) {
            int argb = palette.argb(i);
            colours[i] = new float[] {
                Perception.red(argb), Perception.green(argb), Perception.blue(argb), Perception.alpha(argb)
            };
        }
        return new Palette(colours);
    }
}
