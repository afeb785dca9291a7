package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.ImageOperationsContract;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.Map;

/// The operations by libvips; what it declines is run by the next engine, as in the chain.
class VipsOperationsTest extends ImageOperationsContract {
    @Override
    protected ImageEngine engine() {
        AwtEngine awt = new AwtEngine();
        VipsEngine vips = new VipsEngine("auto", EngineChoice.EVERYTHING, awt, LumaSimilarity::between);
        return new ImageEngine() {
            @Override
            public String name() {
                return "vips, then awt";
            }

            @Override
            public EngineResult run(
                    SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
                EngineResult made = vips.run(source, pipeline, marks, limits);
                if (made instanceof EngineResult.Declined(String reason)) {
                    assertThat(reason).isIn("left to the next engine", "it has several frames or pages");
                }
                return made instanceof EngineResult.Declined ? awt.run(source, pipeline, marks, limits) : made;
            }
        };
    }
}
