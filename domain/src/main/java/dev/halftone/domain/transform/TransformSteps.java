package dev.halftone.domain.transform;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Operation.Placement;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A transform over one source, as operations in the order of the imgix family: rect, trim, rot and flip,
/// resize or crop, pad, bg, blur, sharp, mark, txt, format.
final class TransformSteps {
    private static final double BLUR_PER_SIGMA = 20;
    private static final double SHARP_PER_AMOUNT = 20;
    private static final double SHARP_SIGMA = 1;

    private final Lengths given;
    private final ImageFormat format;
    private final PixelSize source;
    private final Rgba background;
    private final List<Operation> steps = new ArrayList<>();
    /// How many of the steps come before the resize.
    private int before;

    TransformSteps(Map<Parameter, String> values, ImageFormat format, PixelSize source) {
        this.given = new Lengths(values);
        this.format = format;
        this.source = source;
        this.background = given.text(Parameter.BG).flatMap(Rgba::ofWire).orElse(Rgba.CLEAR);
    }

    Pipeline pipeline() {
        OptionalInt width = given.whole(Parameter.MAX_W);
        OptionalInt height = given.whole(Parameter.MAX_H);
        rect();
        turn();
        Optional<Operation> resize = resize();
        effects();
        marks();
        if (steps.isEmpty() && resize.isPresent() && isBareShrink(resize.get())) {
            Operation.Resize bounds = (Operation.Resize) resize.get();
            return Pipeline.of(output(least(width, bounds.width()), least(height, bounds.height())));
        }
        return new Pipeline(inOrder(resize), output(width, height));
    }

    private List<Operation> inOrder(Optional<Operation> resize) {
        List<Operation> all = new ArrayList<>(steps);
        resize.filter(one -> !(before == 0 && isIdentity(one))).ifPresent(one -> all.add(before, one));
        return all;
    }

    private boolean isIdentity(Operation operation) {
        return operation instanceof Operation.Resize resize
                && Fitting.of(source, resize).isIdentity(source);
    }

    /// Shrinking alone is a matter of bounds: an engine may then decode the picture at a fraction of its size.
    private boolean isBareShrink(Operation operation) {
        if (!(operation instanceof Operation.Resize resize)) {
            return false;
        }
        Fitting fitting = Fitting.of(source, resize);
        return fitting.window().isWhole(fitting.scaled())
                && fitting.canvas().equals(fitting.scaled())
                && source.within(resize.width(), resize.height()).equals(fitting.canvas());
    }

    private static OptionalInt least(OptionalInt one, OptionalInt other) {
        return one.isEmpty()
                ? other
                : other.isEmpty() ? one : OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()));
    }

    private void rect() {
        given.text(Parameter.RECT).ifPresent(text -> {
            Box inside = Lengths.box(text, source)
                    .within(source)
                    .orElseThrow(() -> new TransformRefused(
                            Parameter.RECT, text + " lies outside of the picture, which has " + source + " pixels"));
            if (!inside.isWhole(source)) {
                steps.add(new Operation.Crop(inside));
            }
        });
    }

    private void turn() {
        given.text(Parameter.TRIM)
                .ifPresent(auto -> steps.add(new Operation.Trim((int) given.number(Parameter.TRIM_TOL))));
        given.text(Parameter.ROT)
                .ifPresent(degrees -> steps.add(new Operation.Rotate(given.number(Parameter.ROT), background)));
        given.text(Parameter.FLIP)
                .ifPresent(axes -> steps.add(new Operation.Flip(axes.contains("h"), axes.contains("v"))));
        before = steps.size();
    }

    private Optional<Operation> resize() {
        OptionalInt width = given.side(Parameter.W, source.width());
        OptionalInt height = given.side(Parameter.H, source.height());
        Optional<String> shape = given.text(Parameter.AR);
        if (shape.isPresent()) {
            PixelSize box = Lengths.shaped(width, height, shape.get(), source);
            width = OptionalInt.of(box.width());
            height = OptionalInt.of(box.height());
        }
        if (width.isEmpty() && height.isEmpty()) {
            return Optional.empty();
        }
        Fit fit = given.text(Parameter.FIT).flatMap(Fit::ofWire).orElse(Fit.MAX);
        if (given.text(Parameter.CROP).filter("entropy"::equals).isPresent()) {
            return Optional.of(new Operation.SmartCrop(new PixelSize(width.getAsInt(), height.getAsInt())));
        }
        return Optional.of(new Operation.Resize(width, height, fit, gravity(), background));
    }

    private Gravity gravity() {
        String crop = given.text(Parameter.CROP).orElse("center");
        return crop.equals("focalpoint")
                ? new Gravity(given.number(Parameter.FP_X), given.number(Parameter.FP_Y))
                : Gravity.ofWire(crop).orElse(Gravity.CENTER);
    }

    private void effects() {
        given.whole(Parameter.PAD).ifPresent(pad -> steps.add(new Operation.Pad(pad, pad, pad, pad, background)));
        if (given.text(Parameter.BG).isPresent() && mayBeClear()) {
            steps.add(new Operation.Flatten(background));
        }
        given.text(Parameter.BLUR)
                .ifPresent(blur -> steps.add(new Operation.Blur(given.number(Parameter.BLUR) / BLUR_PER_SIGMA)));
        given.text(Parameter.SHARP)
                .ifPresent(sharp -> steps.add(
                        new Operation.Sharpen(SHARP_SIGMA, given.number(Parameter.SHARP) / SHARP_PER_AMOUNT)));
    }

    private boolean mayBeClear() {
        return format != ImageFormat.JPEG && format != ImageFormat.BMP;
    }

    private void marks() {
        given.text(Parameter.MARK)
                .ifPresent(image -> steps.add(new Operation.PictureMark(
                        image,
                        placement(Parameter.MARK_ALIGN, Parameter.MARK_ALPHA, Parameter.MARK_PAD),
                        given.number(Parameter.MARK_SCALE) / 100)));
        given.text(Parameter.TXT)
                .ifPresent(words -> steps.add(new Operation.TextMark(
                        words,
                        placement(Parameter.TXT_ALIGN, Parameter.TXT_ALPHA, Parameter.TXT_PAD),
                        textSize(),
                        Rgba.ofWire(given.value(Parameter.TXT_COLOR)).orElse(Rgba.WHITE),
                        given.value(Parameter.TXT_SHAD).equals("1"))));
    }

    private Placement placement(Parameter align, Parameter alpha, Parameter pad) {
        return new Placement(
                Gravity.ofWire(given.value(align)).orElse(new Gravity(1, 1)),
                given.number(alpha) / 100,
                (int) given.number(pad),
                false);
    }

    /// Pixels are a share of the picture as it is by then; what a trim takes away is not known yet.
    private double textSize() {
        double size = given.number(Parameter.TXT_SIZE);
        if (size <= 1) {
            return size;
        }
        PixelSize then = new Pipeline(inOrder(resize()), Compression.DEFAULT).shown(source);
        return Math.clamp(size / then.height(), 0.001, 1);
    }

    private Compression output(OptionalInt width, OptionalInt height) {
        Optional<String> fm = given.text(Parameter.FM);
        boolean progressive = fm.filter("pjpg"::equals).isPresent();
        return new Compression(
                new CompressionTarget.ToQuality(new Quality((int) given.number(Parameter.Q))),
                fm.flatMap(WireFormat::target).orElse(TargetFormat.KEEP),
                width,
                height,
                MetadataPolicy.STRIP,
                0,
                new Encoding(Profile.STANDARD, Effort.FAST, progressive));
    }
}
