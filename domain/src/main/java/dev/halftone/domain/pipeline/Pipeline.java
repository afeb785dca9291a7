package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is done to a picture: operations in order, then how the result is written. Immutable.
///
/// @param operations at most [#MOST_OPERATIONS]
/// @param output the format, the quality and the rest of what [Compression] says; its bounds hold after the
///     last operation
public record Pipeline(List<Operation> operations, Compression output) {
    public static final int MOST_OPERATIONS = 32;

    public Pipeline {
        operations = List.copyOf(operations);
        if (operations.size() > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    "a pipeline has at most " + MOST_OPERATIONS + " operations, not " + operations.size());
        }
    }

    /// Changes nothing but the way the picture is written.
    public static Pipeline of(Compression output) {
        return new Pipeline(List.of(), output);
    }

    /// Whether the output is to show anything else than the source does, apart from its size.
    public boolean changesPicture() {
        return !operations.isEmpty();
    }

    /// Ids of the other images that are laid on the picture.
    public Set<String> marks() {
        return operations.stream().flatMap(one -> one.needs().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// A bound on the size that the picture has on its way, for limits to be checked before any pixel is made.
    public PixelSize largest(PixelSize source) {
        return sizes(source).stream()
                .max(Comparator.comparingLong(PixelSize::pixels))
                .orElseThrow();
    }

    /// Bounds on the sizes that the picture has: before the first operation, and after each.
    public List<PixelSize> sizes(PixelSize source) {
        List<PixelSize> sizes = new ArrayList<>();
        sizes.add(source);
        operations.forEach(operation -> sizes.add(after(sizes.getLast(), operation)));
        return sizes;
    }

    /// The size that the picture has after the last operation, as if a trim cut nothing off.
    public PixelSize shown(PixelSize source) {
        return sizes(source).getLast();
    }

    /// Checks every size that the picture has on its way before any pixel is made.
    ///
    /// @throws dev.halftone.domain.failure.HalftoneException with `too_many_pixels`
    public void check(PixelSize source, ImageLimits limits) {
        PixelSize size = source;
        for (Operation operation : operations) {
            size = after(size, operation);
            limits.checkPixels(size.width(), size.height());
        }
    }

    /// A bound on the size that a picture has after an operation.
    public static PixelSize after(PixelSize size, Operation operation) {
        return switch (operation) {
            case Operation.Resize resize -> Fitting.of(size, resize).canvas();
            case Operation.Crop crop -> crop.box().within(size).map(Box::size).orElse(size);
            case Operation.CropTo crop ->
                Box.around(crop.gravity(), crop.size(), size).size();
            case Operation.SmartCrop crop -> crop.size();
            case Operation.Rotate rotate -> turned(size, rotate.degrees());
            case Operation.Pad pad ->
                new PixelSize(size.width() + pad.left() + pad.right(), size.height() + pad.top() + pad.bottom());
            case Operation.Trim trim -> size;
            case Operation.Flip flip -> size;
            case Operation.Blur blur -> size;
            case Operation.Sharpen sharpen -> size;
            case Operation.Grayscale grayscale -> size;
            case Operation.Flatten flatten -> size;
            case Operation.TextMark mark -> size;
            case Operation.PictureMark mark -> size;
            case Operation.RemoveBackground background -> size;
            case Operation.CutOut cutOut -> size;
        };
    }

    /// The size of the canvas that holds a picture turned by any angle.
    public static PixelSize turned(PixelSize size, double degrees) {
        if (degrees % 180 == 0) {
            return size;
        }
        if (degrees % 90 == 0) {
            return size.turned();
        }
        double angle = Math.toRadians(degrees);
        double sine = Math.abs(Math.sin(angle));
        double cosine = Math.abs(Math.cos(angle));
        return new PixelSize((int) Math.ceil(size.width() * cosine + size.height() * sine - 1e-9), (int)
                Math.ceil(size.width() * sine + size.height() * cosine - 1e-9));
    }
}
