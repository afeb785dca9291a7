package dev.halftone.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkEstimateTest {
    private static final PixelSize PHOTO = new PixelSize(4000, 3000);
    private static final Compression QUALITY = Compression.DEFAULT.withQuality(75);

    private static WorkEstimate of(PixelSize size, Compression output, Operation... operations) {
        return WorkEstimate.of(ImageFormat.JPEG, size, new Pipeline(List.of(operations), output));
    }

    private static Operation width(int width) {
        return new Operation.Resize(OptionalInt.of(width), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, Rgba.WHITE);
    }

    @Test
    void aThumbnailOfAPhotoIsMadeAtOnce() {
        assertThat(of(PHOTO, QUALITY, width(300)).isHeavy()).isFalse();
        assertThat(of(new PixelSize(8000, 6000), QUALITY, width(300)).isHeavy()).isTrue();
    }

    @Test
    void pngIsMuchDearerThanJpeg() {
        Compression png = QUALITY.withFormat(TargetFormat.PNG);

        assertThat(of(PHOTO, QUALITY).isHeavy()).isFalse();
        assertThat(of(PHOTO, png).isHeavy()).isTrue();
        assertThat(of(PHOTO, png, width(300)).isHeavy()).isFalse();
    }

    @Test
    void aSearchForATargetCountsItsTries() {
        Compression search = QUALITY.withTarget(new CompressionTarget.ToBytes(100_000));

        assertThat(of(PHOTO, search).isHeavy()).isTrue();
        assertThat(of(PHOTO, search, width(800)).isHeavy()).isFalse();
    }

    @Test
    void countsThePixelsThatEachOperationHasBeforeIt() {
        Operation blur = new Operation.Blur(4);

        assertThat(of(PHOTO, QUALITY, width(300), blur).time())
                .isLessThan(of(PHOTO, QUALITY, blur, width(300)).time());
        assertThat(of(PHOTO, QUALITY, blur, blur).isHeavy()).isTrue();
    }
}
