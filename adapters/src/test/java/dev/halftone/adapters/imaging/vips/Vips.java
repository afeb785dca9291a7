package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngDecoder;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsSearch;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.TargetFormat;
import java.time.Duration;
import java.util.List;

/// The engine under test. It has to be there: `./halftone test` installs libvips.
final class Vips {
    static final Compression TO_PNG =
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());
    static final Compression TO_AVIF = Compression.DEFAULT.withFormat(TargetFormat.AVIF);

    static final AwtEngine AWT = new AwtEngine();
    static final VipsEngine ENGINE =
            new VipsEngine(VipsSearch.AUTO, EngineChoice.EVERYTHING, AWT, LumaSimilarity::between);
    static final VipsHeaders HEADERS = new VipsHeaders(VipsSearch.AUTO);
    static final EngineChain CHAIN =
            new EngineChain(List.of(ENGINE, AWT), new ContainerOriginalKeeper(), System::nanoTime);

    private Vips() {}

    static LibVips library() {
        VipsSearch.Found found = VipsSearch.in(VipsSearch.AUTO);
        assertThat(found)
                .as("libvips is needed (Debian: apt-get install libvips-tools)")
                .isInstanceOf(VipsSearch.Found.Loaded.class);
        return ((VipsSearch.Found.Loaded) found).library();
    }

    static SourceImage source(byte[] bytes) {
        return new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes);
    }

    static EngineResult result(byte[] bytes, Compression compression) {
        return ENGINE.compress(source(bytes), compression, ImageLimits.DEFAULT);
    }

    static EncodedImage made(byte[] bytes, Compression compression) {
        return made(ENGINE, bytes, compression);
    }

    static EncodedImage made(ImageEngine engine, byte[] bytes, Compression compression) {
        EngineResult result = engine.compress(source(bytes), compression, ImageLimits.DEFAULT);
        assertThat(result).isInstanceOf(EngineResult.Encoded.class);
        return ((EngineResult.Encoded) result).image();
    }

    /// As it is seen, by our own PNG decoder.
    static Picture.Colour seen(byte[] bytes) {
        byte[] png = ImageFormat.sniff(bytes).orElseThrow() == ImageFormat.PNG
                ? bytes
                : made(bytes, TO_PNG).bytes();
        return PngDecoder.decode(PngFile.parse(png), Deadline.in(Duration.ofMinutes(1)))
                .asColour();
    }
}
