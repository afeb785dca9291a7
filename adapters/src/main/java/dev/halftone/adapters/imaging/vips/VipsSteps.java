package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The operations on a plain, upright picture. Geometry is [Fitting]'s and [Box]'s.
final class VipsSteps {
    private final VipsColours colours;

    VipsSteps(VipsColours colours) {
        this.colours = colours;
    }

    /// The first operation that another engine does better: those that read, write or understand a picture.
    static Optional<Operation> foreign(Pipeline pipeline) {
        return pipeline.operations().stream()
                .filter(operation -> switch (operation) {
                    case Operation.Resize resize -> false;
                    case Operation.Crop crop -> false;
                    case Operation.CropTo crop -> false;
                    case Operation.Rotate rotate -> rotate.degrees() % 90 != 0;
                    case Operation.Flip flip -> false;
                    case Operation.Pad pad -> false;
                    case Operation.Blur blur -> false;
                    case Operation.Sharpen sharpen -> false;
                    case Operation.Grayscale grayscale -> false;
                    case Operation.Flatten flatten -> false;
                    case Operation.SmartCrop crop -> true;
                    case Operation.Trim trim -> true;
                    case Operation.TextMark mark -> true;
                    case Operation.PictureMark mark -> true;
                    case Operation.RemoveBackground background -> true;
                    case Operation.CutOut cutOut -> true;
                })
                .findFirst();
    }

    /// @param notes told what an operation could not do
    VipsImage all(VipsImage image, List<Operation> operations, Consumer<String> notes) {
        VipsImage made = image;
        for (Operation operation : operations) {
            made = one(made, operation, notes);
        }
        return made;
    }

    private VipsImage one(VipsImage image, Operation operation, Consumer<String> notes) {
        return switch (operation) {
            case Operation.Resize resize -> {
                Fitting fitting = Fitting.of(image.size(), resize);
                yield place(scaled(image, fitting.scaled()), fitting, resize.background());
            }
            case Operation.Crop crop -> boxed(image, crop.box(), notes);
            case Operation.CropTo crop -> cut(image, Box.around(crop.gravity(), crop.size(), image.size()));
            case Operation.Rotate rotate -> turned(image, (int) rotate.degrees());
            case Operation.Flip flip -> flipped(image, flip);
            case Operation.Pad pad ->
                onCanvas(
                        image,
                        new PixelSize(
                                image.width() + pad.left() + pad.right(), image.height() + pad.top() + pad.bottom()),
                        pad.left(),
                        pad.top(),
                        pad.background());
            case Operation.Blur blur ->
                VipsColours.rounded(colours.mixing(image.inMemory(), one -> blurred(one, blur.sigma())));
            case Operation.Sharpen sharpen -> sharpened(image, sharpen);
            case Operation.Grayscale grayscale -> colours.luma(image);
            case Operation.Flatten flatten -> flattened(image, flatten.background());
            case Operation.SmartCrop crop -> throw foreign(crop);
            case Operation.Trim trim -> throw foreign(trim);
            case Operation.TextMark mark -> throw foreign(mark);
            case Operation.PictureMark mark -> throw foreign(mark);
            case Operation.RemoveBackground background -> throw foreign(background);
            case Operation.CutOut cutOut -> throw foreign(cutOut);
        };
    }

    private static IllegalArgumentException foreign(Operation operation) {
        return new IllegalArgumentException(operation.wire() + " is another engine's");
    }

    /// To exactly this size, by Lanczos's kernel after averaging; libvips rounds the product back to the size.
    VipsImage scaled(VipsImage image, PixelSize size) {
        if (image.size().equals(size)) {
            return image;
        }
        Map<String, ?> scale = Map.of(
                "scale", (double) size.width() / image.width(), "vscale", (double) size.height() / image.height());
        return colours.mixing(image, one -> one.with("resize", scale));
    }

    VipsImage place(VipsImage scaled, Fitting fitting, Rgba background) {
        VipsImage window = cut(scaled, fitting.window());
        return fitting.canvas().equals(window.size())
                ? window
                : onCanvas(window, fitting.canvas(), fitting.left(), fitting.top(), background);
    }

    private static VipsImage boxed(VipsImage image, Box asked, Consumer<String> notes) {
        Optional<Box> inside = asked.within(image.size());
        if (inside.isEmpty()) {
            notes.accept("crop: a box of %s at %d,%d lies outside the picture of %s, so nothing was cut off"
                    .formatted(asked.size(), asked.left(), asked.top(), image.size()));
        }
        return inside.map(box -> cut(image, box)).orElse(image);
    }

    private static VipsImage cut(VipsImage image, Box box) {
        return box.isWhole(image.size()) ? image : image.cut(box.left(), box.top(), box.width(), box.height());
    }

    private VipsImage onCanvas(VipsImage image, PixelSize canvas, int left, int top, Rgba background) {
        boolean neutral = background.red() == background.green() && background.green() == background.blue();
        VipsImage ready = neutral ? image : colours.colour(image);
        ready = background.alpha() < 255 ? colours.withAlpha(ready) : ready;
        Map<String, Object> options = new HashMap<>(Map.of(
                "x", left, "y", top, "width", canvas.width(), "height", canvas.height(), "extend", "background"));
        options.put("background", samples(ready, background));
        return ready.with("embed", options);
    }

    private static String samples(VipsImage image, Rgba colour) {
        boolean grey = image.bands() - (image.hasAlpha() ? 1 : 0) == 1;
        String opaque =
                grey ? Integer.toString(colour.red()) : colour.red() + " " + colour.green() + " " + colour.blue();
        return image.hasAlpha() ? opaque + " " + colour.alpha() : opaque;
    }

    private static VipsImage turned(VipsImage image, int degrees) {
        return degrees == 0 ? image : image.inMemory().with("rot", Map.of("angle", "d" + degrees));
    }

    private static VipsImage flipped(VipsImage image, Operation.Flip flip) {
        VipsImage across = flip.across() ? image.with("flip", Map.of("direction", "horizontal")) : image;
        return flip.down() ? across.inMemory().with("flip", Map.of("direction", "vertical")) : across;
    }

    /// Turned and mirrored as EXIF's orientation says.
    static VipsImage upright(VipsImage image, int orientation) {
        VipsImage turned = switch (orientation) {
            case 3, 4 -> turned(image, 180);
            case 5, 6 -> turned(image, 90);
            case 7, 8 -> turned(image, 270);
            default -> image;
        };
        boolean mirrored = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
        return mirrored ? turned.with("flip", Map.of("direction", "horizontal")) : turned;
    }

    /// In floating point.
    private static VipsImage blurred(VipsImage image, double sigma) {
        return image.with("cast", Map.of("format", "float"))
                .with("gaussblur", Map.of("sigma", sigma, "min_ampl", 0.01, "precision", "float"));
    }

    /// An unsharp mask on luma: each sample of a pixel moves by the same, so that colours do not shift.
    private VipsImage sharpened(VipsImage image, Operation.Sharpen sharpen) {
        return colours.colourOnly(image.inMemory(), picture -> {
            VipsImage luma = colours.luma(picture).with("cast", Map.of("format", "float"));
            VipsImage detail =
                    luma.subtract(blurred(luma, sharpen.sigma())).with("linear", Map.of("a", sharpen.amount(), "b", 0));
            return VipsColours.rounded(picture.add(detail))
                    .with("copy", Map.of("interpretation", picture.bands() == 1 ? "b-w" : "srgb"));
        });
    }

    /// On a colour, itself on white.
    private VipsImage flattened(VipsImage image, Rgba background) {
        if (!image.hasAlpha()) {
            return image;
        }
        String ground = overWhite(background.red(), background) + " " + overWhite(background.green(), background) + " "
                + overWhite(background.blue(), background);
        return colours.colour(image).with("flatten", Map.of("background", ground));
    }

    private static int overWhite(int sample, Rgba colour) {
        return (sample * colour.alpha() + 255 * (255 - colour.alpha()) + 127) / 255;
    }

    /// Where a picture is scaled before anything else happens to it, to this size; else its own.
    static PixelSize firstScale(Pipeline pipeline, PixelSize shown) {
        if (pipeline.operations().isEmpty()) {
            return pipeline.output().over(shown);
        }
        return pipeline.operations().getFirst() instanceof Operation.Resize resize
                ? Fitting.of(shown, resize).scaled()
                : shown;
    }
}
