package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One picture as PNGs of several qualities: its colours are counted once, and its exact form is made once. A
/// palette is tried for every picture here, also for those that an exact form holds in few bytes, because a
/// target may ask for fewer still. Not thread-safe.
public final class PngLadder {
    private final Picture picture;
    private final boolean colour;
    private final boolean palettes;
    private final boolean thorough;
    private final byte[] ancillary;
    private final Deadline deadline;
    private @Nullable Histogram colours;
    private byte @Nullable [] exact;
    private double beyond = Double.MAX_VALUE;

    /// @param colour whether it has to stay a colour type, because the profile in `ancillary` is one for RGB
    /// @param palettes whether a palette may be used: not with a profile for grey, which is for grey types
    /// @param thorough whether more ways to pack it are tried
    /// @param ancillary whole chunks that go between header and picture data
    public PngLadder(
            Picture picture, boolean colour, boolean palettes, boolean thorough, byte[] ancillary, Deadline deadline) {
        this.picture = picture;
        this.colour = colour;
        this.palettes = palettes;
        this.thorough = thorough;
        this.ancillary = ancillary;
        this.deadline = deadline;
    }

    /// Without changing a pixel that can be seen.
    public byte[] exact() {
        byte[] made = exact;
        if (made == null) {
            made = PngEncoder.exact(picture, colour, thorough, ancillary, deadline);
            exact = made;
        }
        return made;
    }

    /// With the smallest palette within the quality's error; exact where 256 colours are too few for it.
    ///
    /// @param quality 1 to 100 on libimagequant's scale
    public byte[] at(double quality) {
        if (!palettes || quality >= beyond) {
            return exact();
        }
        Picture.Colour many = picture.asColour();
        Histogram counted = colours;
        if (counted == null) {
            counted = Histogram.of(many.argb());
            colours = counted;
        }
        Optional<Quantised> quantised = Quantiser.quantise(many, counted, quality, deadline);
        if (quantised.isEmpty()) {
            beyond = quality;
            return exact();
        }
        return PngEncoder.indexed(quantised.get(), thorough, ancillary, deadline);
    }
}
