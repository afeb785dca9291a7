package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.domain.pipeline.Operation;

/// Mirrors a picture.
public final class FlipStep {
    private FlipStep() {}

    public static Picture.Colour run(Picture.Colour picture, Operation.Flip flip) {
        int orientation = flip.across() ? flip.down() ? 3 : 2 : flip.down() ? 4 : 1;
        return Turn.upright(picture, orientation).asColour();
    }
}
