package dev.halftone.adapters.imaging.agreement;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Operation.Placement;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Operations and pictures that every engine is tried on. Most are written as addresses are, so that what a
/// parameter of an address means is looked at on the way.
final class AgreementCases {
    static final String BADGE = "0123456789abcdefghjkmnpqrs";

    private static final Compression EXACT =
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());

    private static final TransformReader READER = new TransformReader(new TransformRules(
            Presets.NONE, false, Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)));

    private static final SourceImage SCENE = MadeSources.scene();
    private static final SourceImage CLEAR = MadeSources.png(MadeSources.badge());
    private static final SourceImage STUDIO = MadeSources.png(MadeSources.studio());

    private final List<Case> cases = new ArrayList<>();

    private AgreementCases() {}

    /// @param name what is done to which picture
    record Case(String name, SourceImage source, Pipeline pipeline) {}

    static Map<String, SourceImage> marks() {
        return Map.of(BADGE, CLEAR);
    }

    static List<Case> all() {
        AgreementCases made = new AgreementCases();
        made.sizes();
        made.shapes();
        made.tones();
        made.marksAndText();
        made.sources();
        made.outputs();
        return made.cases;
    }

    /// An address's query over the scene, written without loss.
    private void scene(String query) {
        exact("scene", SCENE, query);
    }

    private void exact(String picture, SourceImage source, String query) {
        Pipeline asked = READER.read(query).over(source.format(), shown(source));
        Compression output = asked.output();
        Compression exact = EXACT.withBounds(output.maxWidth(), output.maxHeight());
        cases.add(new Case(picture + " " + query, source, new Pipeline(asked.operations(), exact)));
    }

    private void written(String picture, SourceImage source, String query) {
        cases.add(new Case(picture + " " + query, source, READER.read(query).over(source.format(), shown(source))));
    }

    private void operation(String picture, SourceImage source, String name, Operation... operations) {
        cases.add(new Case(picture + " " + name, source, new Pipeline(List.of(operations), EXACT)));
    }

    private static PixelSize shown(SourceImage source) {
        return ImageHeader.read(source, ImageLimits.DEFAULT).orElseThrow().shown();
    }

    private void sizes() {
        for (String fit : List.of("max", "clip", "crop", "min", "fill", "fillmax", "scale")) {
            scene("w=200&h=200&bg=d0e0f0&fit=" + fit);
        }
        scene("w=40");
        scene("w=0.33");
        scene("w=500&fit=clip");
        scene("h=120&dpr=1.5");
        scene("max-w=150&max-h=90");
        for (String crop : List.of("top,left", "right", "bottom", "entropy")) {
            scene("w=120&h=180&fit=crop&crop=" + crop);
        }
        scene("w=90&h=180&fit=crop&crop=focalpoint&fp-x=0.75&fp-y=0.2");
        scene("ar=1:1&fit=crop&w=150");
        scene("ar=3:1&fit=crop");
        exact("clear", CLEAR, "w=61&h=61&fit=scale");
        exact("clear", CLEAR, "w=100&h=100&fit=fill");
    }

    private void shapes() {
        scene("rect=160,0,160,120");
        scene("rect=0.1,0.5,0.4,0.5&w=100");
        scene("rot=90");
        scene("rot=180&flip=h");
        scene("rot=23&bg=ffffff");
        exact("clear", CLEAR, "rot=45");
        scene("flip=v");
        scene("pad=25&bg=c02020");
        exact("studio", STUDIO, "trim=auto");
        exact("studio", STUDIO, "trim=auto&trim-tol=185");
        operation(
                "scene",
                SCENE,
                "crop 100x80 at the lower right",
                new Operation.CropTo(new PixelSize(100, 80), new Gravity(1, 1)));
        operation("studio", STUDIO, "smartcrop 120x240", new Operation.SmartCrop(new PixelSize(120, 240)));
    }

    private void tones() {
        scene("blur=100");
        scene("sharp=40");
        exact("clear", CLEAR, "blur=60");
        exact("clear", CLEAR, "bg=80c040");
        operation("scene", SCENE, "grayscale", new Operation.Grayscale());
        operation("clear", CLEAR, "grayscale", new Operation.Grayscale());
        operation("clear", CLEAR, "flatten", new Operation.Flatten(new Rgba(0xff2040a0)));
        operation("studio", STUDIO, "removebackground", new Operation.RemoveBackground(24));
    }

    private void marksAndText() {
        scene("mark=" + BADGE);
        scene("mark-align=top,left&mark-alpha=50&mark-scale=60&mark-pad=0&mark=" + BADGE);
        scene("txt=Halftone%20%C2%A9&txt-size=0.12");
        scene(
                "txt=Ελληνικά%20Кириллица%20that%20is%20wrapped&txt-size=36&txt-align=middle&txt-color=ffe000&txt-shad=0");
        operation(
                "scene",
                SCENE,
                "tiled text",
                new Operation.TextMark("SAMPLE", new Placement(Gravity.CENTER, 0.5, 24, true), 0.1, Rgba.WHITE, true));
    }

    private void sources() {
        String query = "w=160&h=160&fit=crop&crop=left";
        exact("jpeg", MadeSources.sceneAs(ImageFormat.JPEG), query);
        exact("turned jpeg", MadeSources.turnedScene(), query);
        exact("webp", MadeSources.sceneAs(ImageFormat.WEBP), query);
        exact("gif", MadeSources.sceneAs(ImageFormat.GIF), query);
        exact("bmp", MadeSources.sceneAs(ImageFormat.BMP), query);
        exact("tiff", MadeSources.sceneAs(ImageFormat.TIFF), query);
        exact("grey png", MadeSources.greyScene(), query);
        exact("linear png", MadeSources.linearScene(), query);
        exact("indexed png", MadeSources.png(MadeSources.scene(BufferedImage.TYPE_BYTE_INDEXED)), query);
    }

    private void outputs() {
        for (String format : List.of("jpg&q=82", "pjpg&q=40", "webp&q=75", "png&q=60", "avif&q=50")) {
            written("scene", SCENE, "w=160&fm=" + format);
            written("clear", CLEAR, "w=100&fm=" + format);
        }
        written("scene", SCENE, "w=200&fm=avif&txt=Halftone&txt-size=0.2&trim=auto");
    }
}
