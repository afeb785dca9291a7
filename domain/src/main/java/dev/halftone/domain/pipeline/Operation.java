package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.PixelSize;
import java.util.Optional;
import java.util.OptionalInt;

/// One step of a [Pipeline], on a picture that stands upright. Every value is within its bounds once it is
/// made: constructors throw [IllegalArgumentException] with what is expected against what was given.
public sealed interface Operation {
    /// Longest side that an operation may ask for, in pixels.
    int MOST_PIXELS = 16_383;

    /// The name that JSON and the documentation use.
    default String wire() {
        return switch (this) {
            case Resize resize -> "resize";
            case Crop crop -> "crop";
            case CropTo crop -> "crop";
            case SmartCrop crop -> "smartcrop";
            case Trim trim -> "trim";
            case Rotate rotate -> "rotate";
            case Flip flip -> "flip";
            case Pad pad -> "pad";
            case Blur blur -> "blur";
            case Sharpen sharpen -> "sharpen";
            case Grayscale grayscale -> "grayscale";
            case Flatten flatten -> "flatten";
            case TextMark mark -> "watermark";
            case PictureMark mark -> "watermark";
            case RemoveBackground background -> "removebackground";
            case CutOut cutOut -> "removebackground";
        };
    }

    /// Brings the picture to a size, see [Fitting].
    ///
    /// @param width in pixels, 1 to 16,383; one of the two may be absent
    /// @param gravity which part stays when something is cut off, and where the picture lies when it is padded
    /// @param background of what is padded
    record Resize(OptionalInt width, OptionalInt height, Fit fit, Gravity gravity, Rgba background)
            implements Operation {
        public Resize {
            if (width.isEmpty() && height.isEmpty()) {
                throw new IllegalArgumentException("a width or a height is expected");
            }
            width.ifPresent(pixels -> check("width", pixels, 1, MOST_PIXELS));
            height.ifPresent(pixels -> check("height", pixels, 1, MOST_PIXELS));
        }
    }

    /// Cuts a box out; what of it lies outside the picture is left away.
    record Crop(Box box) implements Operation {}

    /// Cuts a box of this size out, or as much of it as the picture has.
    record CropTo(PixelSize size, Gravity gravity) implements Operation {
        public CropTo {
            checkSize(size);
        }
    }

    /// Covers the size as [Fit#CROP] does, around the part of the picture that holds most detail.
    record SmartCrop(PixelSize size) implements Operation {
        public SmartCrop {
            checkSize(size);
        }
    }

    /// Cuts off edges that are all of one colour, that of the corner.
    ///
    /// @param tolerance how far a sample may differ, 0 to 255
    record Trim(int tolerance) implements Operation {
        public Trim {
            check("tolerance", tolerance, 0, 255);
        }
    }

    /// Turns the picture clockwise; its canvas grows to hold all of it.
    ///
    /// @param degrees 0 to under 360
    /// @param background of the corners
    record Rotate(double degrees, Rgba background) implements Operation {
        public Rotate {
            check("degrees", degrees, 0, 359.999_999);
        }
    }

    /// Mirrors the picture.
    ///
    /// @param across left and right change places
    /// @param down top and bottom change places
    record Flip(boolean across, boolean down) implements Operation {}

    /// Adds edges.
    record Pad(int top, int right, int bottom, int left, Rgba background) implements Operation {
        public Pad {
            check("top", top, 0, MOST_PIXELS);
            check("right", right, 0, MOST_PIXELS);
            check("bottom", bottom, 0, MOST_PIXELS);
            check("left", left, 0, MOST_PIXELS);
        }
    }

    /// A Gaussian blur.
    ///
    /// @param sigma in pixels, 0.3 to 100
    record Blur(double sigma) implements Operation {
        public Blur {
            check("sigma", sigma, 0.3, 100);
        }
    }

    /// An unsharp mask: the difference to a blurred picture, added.
    ///
    /// @param sigma of the blur in pixels, 0.3 to 10
    /// @param amount how much of the difference, 0 to 10
    record Sharpen(double sigma, double amount) implements Operation {
        public Sharpen {
            check("sigma", sigma, 0.3, 10);
            check("amount", amount, 0, 10);
        }
    }

    /// Takes the colours away; luma stays.
    record Grayscale() implements Operation {}

    /// Lays the picture on a colour, so that nothing is clear any more.
    record Flatten(Rgba background) implements Operation {}

    /// Writes on the picture.
    ///
    /// @param text 1 to 200 characters without control characters but newlines
    /// @param scale height of a line as a share of the picture's height, over 0 to 1
    /// @param shadow whether a shadow keeps it legible on any ground
    record TextMark(String text, Placement placement, double scale, Rgba colour, boolean shadow) implements Operation {
        public static final int MOST_CHARACTERS = 200;

        public TextMark {
            if (text.isBlank() || text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
                throw new IllegalArgumentException("text has 1 to " + MOST_CHARACTERS + " characters");
            }
            if (text.codePoints().anyMatch(point -> Character.isISOControl(point) && point != '\n')) {
                throw new IllegalArgumentException("text has no control characters");
            }
            check("scale", scale, 0.001, 1);
        }
    }

    /// Lays another picture on this one.
    ///
    /// @param image id of the image that is laid on it, see [Pipeline#marks]
    /// @param scale its width as a share of the picture's, over 0 to 1; never enlarged beyond four times
    record PictureMark(String image, Placement placement, double scale) implements Operation {
        public PictureMark {
            check("scale", scale, 0.001, 1);
        }
    }

    /// Makes the background of a studio photo clear.
    ///
    /// @param tolerance how far a colour may differ from the edge's, 0 to 255
    record RemoveBackground(int tolerance) implements Operation {
        public RemoveBackground {
            check("tolerance", tolerance, 0, 255);
        }
    }

    /// Makes clear what a model that the operator chose does not take for the foreground.
    record CutOut() implements Operation {}

    /// Where and how strongly a watermark shows.
    ///
    /// @param opacity 0 to 1
    /// @param margin to the edges, in pixels
    /// @param tiled whether it is repeated over the whole picture
    record Placement(Gravity gravity, double opacity, int margin, boolean tiled) {
        public static final Placement DEFAULT = new Placement(new Gravity(1, 1), 0.6, 16, false);

        public Placement {
            check("opacity", opacity, 0, 1);
            check("margin", margin, 0, MOST_PIXELS);
        }
    }

    /// The id of the other image that this operation needs.
    default Optional<String> needs() {
        return this instanceof PictureMark mark ? Optional.of(mark.image()) : Optional.empty();
    }

    private static void checkSize(PixelSize size) {
        check("width", size.width(), 1, MOST_PIXELS);
        check("height", size.height(), 1, MOST_PIXELS);
    }

    private static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s is from %s to %s, not %s".formatted(name, shown(least), shown(most), shown(value)));
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
