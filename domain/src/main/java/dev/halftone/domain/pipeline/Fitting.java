package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.PixelSize;
import java.util.OptionalInt;

/// What a resize does to a picture of one size: it is scaled, then a window of the result is laid on a canvas. Pure
/// arithmetic, so that every engine does the same.
///
/// @param scaled the picture after scaling
/// @param window what of it is used
/// @param canvas the size that goes out
/// @param left where the window lies on the canvas
/// @param top likewise
public record Fitting(PixelSize scaled, Box window, PixelSize canvas, int left, int top) {

    /// @param source the picture's size, upright
    public static Fitting of(PixelSize source, Operation.Resize resize) {
        OptionalInt width = resize.width();
        OptionalInt height = resize.height();
        if (width.isEmpty() || height.isEmpty()) {
            return plain(oneSide(source, width, height, resize.fit()));
        }
        PixelSize wanted = new PixelSize(width.getAsInt(), height.getAsInt());
        double inside = inside(source, wanted);
        double cover = Math.max((double) wanted.width() / source.width(), (double) wanted.height() / source.height());
        return switch (resize.fit()) {
            case MAX -> plain(scaled(source, Math.min(1, inside)));
            case CLIP -> plain(scaled(source, inside));
            case SCALE -> plain(wanted);
            case CROP -> cropped(atLeast(scaled(source, cover), wanted), wanted, resize.gravity());
            case MIN -> {
                PixelSize shaped = cover <= 1 ? wanted : scaled(wanted, 1 / cover);
                yield cropped(atLeast(scaled(source, Math.min(1, cover)), shaped), shaped, resize.gravity());
            }
            case FILL -> padded(scaled(source, inside), wanted, resize.gravity());
            case FILLMAX -> padded(scaled(source, Math.min(1, inside)), wanted, resize.gravity());
        };
    }

    /// Whether anything of the picture changes.
    public boolean isIdentity(PixelSize source) {
        return scaled.equals(source) && canvas.equals(source);
    }

    private static PixelSize oneSide(PixelSize source, OptionalInt width, OptionalInt height, Fit fit) {
        double scale = width.isPresent()
                ? (double) width.getAsInt() / source.width()
                : height.isPresent() ? (double) height.getAsInt() / source.height() : 1;
        boolean enlarges = fit == Fit.CLIP || fit == Fit.CROP || fit == Fit.FILL || fit == Fit.SCALE;
        return scaled(source, enlarges ? scale : Math.min(1, scale));
    }

    private static double inside(PixelSize source, PixelSize wanted) {
        return Math.min((double) wanted.width() / source.width(), (double) wanted.height() / source.height());
    }

    private static PixelSize scaled(PixelSize size, double scale) {
        return new PixelSize((int) Math.max(1, Math.round(size.width() * scale)), (int)
                Math.max(1, Math.round(size.height() * scale)));
    }

    private static PixelSize atLeast(PixelSize size, PixelSize least) {
        return new PixelSize(Math.max(size.width(), least.width()), Math.max(size.height(), least.height()));
    }

    private static Fitting plain(PixelSize size) {
        return new Fitting(size, Box.whole(size), size, 0, 0);
    }

    private static Fitting cropped(PixelSize scaled, PixelSize wanted, Gravity gravity) {
        return new Fitting(scaled, Box.around(gravity, wanted, scaled), wanted, 0, 0);
    }

    private static Fitting padded(PixelSize scaled, PixelSize wanted, Gravity gravity) {
        return new Fitting(
                scaled,
                Box.whole(scaled),
                wanted,
                (int) Math.floor((wanted.width() - scaled.width()) * gravity.x()),
                (int) Math.floor((wanted.height() - scaled.height()) * gravity.y()));
    }
}
