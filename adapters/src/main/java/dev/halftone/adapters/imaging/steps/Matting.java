package dev.halftone.adapters.imaging.steps;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;

/// Tells the foreground of a picture from its background. Thread-safe.
public interface Matting {

    /// Where there is nothing that could.
    Matting NONE = new Matting() {
        @Override
        public void require() {
            throw HalftoneException.of(
                    FailureCode.UNSUPPORTED_OPERATION,
                    "removebackground: this server has no model for backgrounds; the method flood needs none, and its"
                            + " operator can name a model in HALFTONE_BACKGROUND_MODEL");
        }

        @Override
        public Picture.Grey matte(Picture.Colour picture, Deadline deadline) {
            require();
            throw new IllegalStateException("there is no matting");
        }
    };

    /// Checks that it can be used.
    ///
    /// @throws HalftoneException with `unsupported_operation`
    default void require() {}

    /// @return 0 where the picture is background to 255 where it is foreground, in any size: it is stretched
    /// over the picture
    /// @throws HalftoneException with `processing_timeout` past the deadline
    Picture.Grey matte(Picture.Colour picture, Deadline deadline);
}
