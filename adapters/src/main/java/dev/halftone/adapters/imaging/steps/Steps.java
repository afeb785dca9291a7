package dev.halftone.adapters.imaging.steps;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.mark.PictureMarkStep;
import dev.halftone.adapters.imaging.steps.mark.TextMarkStep;
import dev.halftone.adapters.imaging.steps.shape.CropStep;
import dev.halftone.adapters.imaging.steps.shape.FlipStep;
import dev.halftone.adapters.imaging.steps.shape.PadStep;
import dev.halftone.adapters.imaging.steps.shape.ResizeStep;
import dev.halftone.adapters.imaging.steps.shape.RotateStep;
import dev.halftone.adapters.imaging.steps.shape.SmartCropStep;
import dev.halftone.adapters.imaging.steps.shape.TrimStep;
import dev.halftone.adapters.imaging.steps.tone.BackgroundStep;
import dev.halftone.adapters.imaging.steps.tone.BlurStep;
import dev.halftone.adapters.imaging.steps.tone.CutOutStep;
import dev.halftone.adapters.imaging.steps.tone.FlattenStep;
import dev.halftone.adapters.imaging.steps.tone.GrayscaleStep;
import dev.halftone.adapters.imaging.steps.tone.SharpenStep;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs operations in order over an upright picture in sRGB. Stateless; holds two or three copies of the
/// picture at most.
public final class Steps {
    private final Function<String, Picture.Colour> marks;
    private final ImageLimits limits;
    private final Deadline deadline;
    private final Matting matting;

    /// Without a model for backgrounds.
    ///
    /// @param marks the pictures that are laid on the picture, by id; upright, in sRGB
    /// @param limits on every size on the way
    public Steps(Function<String, Picture.Colour> marks, ImageLimits limits, Deadline deadline) {
        this(marks, limits, deadline, Matting.NONE);
    }

    /// @param marks the pictures that are laid on the picture, by id; upright, in sRGB
    /// @param limits on every size on the way
    public Steps(Function<String, Picture.Colour> marks, ImageLimits limits, Deadline deadline, Matting matting) {
        this.marks = marks;
        this.limits = limits;
        this.deadline = deadline;
        this.matting = matting;
    }

    /// @param notes what a user should know of operations that could not do quite what was asked
    public record Result(Picture.Colour picture, List<String> notes) {}

    /// The size down to which a source may be decoded smaller than it is, because the first operation shrinks
    /// it so far.
    public static PixelSize needed(PixelSize shown, List<Operation> operations) {
        if (operations.isEmpty()) {
            return shown;
        }
        PixelSize scaled = switch (operations.getFirst()) {
            case Operation.Resize resize -> Fitting.of(shown, resize).scaled();
            case Operation.SmartCrop crop -> SmartCropStep.fitting(shown, crop).scaled();
            case Operation.Crop crop -> shown;
            case Operation.CropTo crop -> shown;
            case Operation.Trim trim -> shown;
            case Operation.Rotate rotate -> shown;
            case Operation.Flip flip -> shown;
            case Operation.Pad pad -> shown;
            case Operation.Blur blur -> shown;
            case Operation.Sharpen sharpen -> shown;
            case Operation.Grayscale grayscale -> shown;
            case Operation.Flatten flatten -> shown;
            case Operation.TextMark mark -> shown;
            case Operation.PictureMark mark -> shown;
            case Operation.RemoveBackground background -> shown;
            case Operation.CutOut cutOut -> shown;
        };
        return new PixelSize(Math.min(scaled.width(), shown.width()), Math.min(scaled.height(), shown.height()));
    }

    /// @param shown the size the picture stands for; its pixels may be fewer, see [#needed]
    public Result run(Picture.Colour picture, PixelSize shown, List<Operation> operations) {
        List<String> notes = new ArrayList<>();
        Picture.Colour current = picture;
        PixelSize size = shown;
        for (Operation operation : operations) {
            deadline.check();
            // A trim before it may have left a shape that no look at the header could tell.
            PixelSize next = Pipeline.after(size, operation);
            limits.checkPixels(next.width(), next.height());
            current = step(current, size, operation, notes::add);
            size = new PixelSize(current.width(), current.height());
        }
        return new Result(current, List.copyOf(notes));
    }

    private Picture.Colour step(Picture.Colour picture, PixelSize size, Operation operation, Consumer<String> notes) {
        return switch (operation) {
            case Operation.Resize resize -> ResizeStep.run(picture, size, resize, deadline);
            case Operation.Crop crop -> CropStep.run(picture, crop, notes);
            case Operation.CropTo crop -> CropStep.run(picture, crop);
            case Operation.SmartCrop crop -> SmartCropStep.run(picture, size, crop, deadline);
            case Operation.Trim trim -> TrimStep.run(picture, trim, notes, deadline);
            case Operation.Rotate rotate -> RotateStep.run(picture, rotate, deadline);
            case Operation.Flip flip -> FlipStep.run(picture, flip);
            case Operation.Pad pad -> PadStep.run(picture, pad);
            case Operation.Blur blur -> BlurStep.run(picture, blur, deadline);
            case Operation.Sharpen sharpen -> SharpenStep.run(picture, sharpen, deadline);
            case Operation.Grayscale grayscale -> GrayscaleStep.run(picture);
            case Operation.Flatten flatten -> FlattenStep.run(picture, flatten);
            case Operation.TextMark mark -> TextMarkStep.run(picture, mark, notes, deadline);
            case Operation.PictureMark mark -> PictureMarkStep.run(picture, mark, marks.apply(mark.image()), deadline);
            case Operation.RemoveBackground remove -> BackgroundStep.run(picture, remove, notes, deadline);
            case Operation.CutOut cutOut -> CutOutStep.run(picture, matting.matte(picture, deadline), notes, deadline);
        };
    }
}
