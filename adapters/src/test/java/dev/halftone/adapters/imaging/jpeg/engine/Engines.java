package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Profile;
import java.util.List;

/// The engine by itself and in its chain, as the product has it.
final class Engines {
    static final JpegTranscodeEngine JPEG = new JpegTranscodeEngine();
    static final Compression LOSSLESS = Compression.DEFAULT.withTarget(new CompressionTarget.Lossless());
    static final Encoding PROGRESSIVE = new Encoding(Profile.STANDARD, Effort.FAST, true);
    static final Encoding BEST = new Encoding(Profile.STANDARD, Effort.BEST, false);
    static final Encoding SMALLEST = new Encoding(Profile.SMALLEST, Effort.FAST, false);
    static final Encoding SMALLEST_BEST = new Encoding(Profile.SMALLEST, Effort.BEST, false);

    private static final EngineChain CHAIN =
            new EngineChain(List.of(JPEG, new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    private Engines() {}

    static SourceImage source(byte[] jpeg) {
        return new SourceImage(ImageFormat.JPEG, jpeg);
    }

    static Compression bytes(long most) {
        return Compression.DEFAULT.withTarget(new CompressionTarget.ToBytes(most));
    }

    static Compression similarity(double least) {
        return Compression.DEFAULT.withTarget(new CompressionTarget.ToSsim(least));
    }

    static EngineChain.Compressed through(byte[] jpeg, Compression compression) {
        return CHAIN.compress(source(jpeg), compression, ImageLimits.DEFAULT);
    }

    static EngineResult result(byte[] jpeg, Compression compression) {
        return JPEG.compress(source(jpeg), compression, ImageLimits.DEFAULT);
    }

    /// What the JPEG engine makes, which must take the file.
    static EncodedImage image(byte[] jpeg, Compression compression) {
        EngineResult result = result(jpeg, compression);
        assertThat(result).isInstanceOf(EngineResult.Encoded.class);
        return ((EngineResult.Encoded) result).image();
    }

    static byte[] made(byte[] jpeg, Compression compression) {
        return image(jpeg, compression).bytes();
    }

    /// Why the JPEG engine leaves the file to the next one.
    static String reason(byte[] jpeg, Compression compression) {
        EngineResult result = result(jpeg, compression);
        assertThat(result).isInstanceOf(EngineResult.Declined.class);
        return ((EngineResult.Declined) result).reason();
    }
}
