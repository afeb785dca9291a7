package dev.halftone.domain.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.transform.TransformRefused;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionsReaderTest {
    private static final CompressionTarget AT_50 = new CompressionTarget.ToQuality(new Quality(50));
    private static final PixelSize PHOTO = new PixelSize(4_000, 3_000);

    private static Pipeline pipeline(String text, CompressionTarget target) {
        return RenditionsReader.read(text, target).getFirst().over(ImageFormat.JPEG, PHOTO, Compression.DEFAULT);
    }

    @Test
    void readsNamesAndTransformsInTheirOrder() {
        List<Rendition> renditions = RenditionsReader.read(" main:w=1600 ;thumb: w=300&fm=webp ;", AT_50);

        assertThat(renditions).extracting(Rendition::name).containsExactly("main", "thumb");
        assertThat(renditions
                        .getFirst()
                        .over(ImageFormat.PNG, PHOTO, Compression.DEFAULT)
                        .output()
                        .maxWidth())
                .isEqualTo(OptionalInt.of(1_600));
        assertThat(renditions
                        .getLast()
                        .over(ImageFormat.PNG, PHOTO, Compression.DEFAULT)
                        .output()
                        .format())
                .isEqualTo(TargetFormat.WEBP);
        assertThat(RenditionsReader.read("", AT_50)).isEmpty();
    }

    @Test
    void takesTheBatchsQualityWhereNoneIsNamed() {
        assertThat(pipeline("a:w=300", AT_50).output().target()).isEqualTo(AT_50);
        assertThat(pipeline("a:w=300&q=75", AT_50).output().target())
                .isEqualTo(new CompressionTarget.ToQuality(new Quality(75)));
        assertThat(pipeline("a:w=300&quality=80", AT_50).output().target())
                .isEqualTo(new CompressionTarget.ToQuality(new Quality(80)));
        assertThat(pipeline("a:w=300&auto=compress", AT_50).output().target())
                .isEqualTo(new CompressionTarget.ToQuality(new Quality(45)));
        assertThat(pipeline("a:w=300", new CompressionTarget.ToRatio(0.5))
                        .output()
                        .target())
                .isEqualTo(new CompressionTarget.ToQuality(new Quality(75)));
    }

    @Test
    void takesTheBatchsMetadataAndMeansOfWriting() {
        Encoding best = new Encoding(Profile.SMALLEST, Effort.BEST, false);
        Compression main =
                Compression.DEFAULT.withMetadata(MetadataPolicy.COPYRIGHT).withEncoding(best);
        List<Rendition> renditions = RenditionsReader.read("a:w=300;b:w=300&fm=pjpg", AT_50);

        Compression first =
                renditions.getFirst().over(ImageFormat.JPEG, PHOTO, main).output();
        Compression second =
                renditions.getLast().over(ImageFormat.JPEG, PHOTO, main).output();

        assertThat(first.metadata()).isEqualTo(MetadataPolicy.COPYRIGHT);
        assertThat(first.encoding()).isEqualTo(best);
        assertThat(second.encoding()).isEqualTo(best.inPasses());
    }

    @Test
    void isReadBackFromItsText() {
        List<Rendition> renditions = RenditionsReader.read("main : w=1600;thumb:w=300&q=75&txt=a%3Bb%26c", AT_50);

        assertThat(RenditionsReader.read(RenditionsReader.wire(renditions), AT_50))
                .isEqualTo(renditions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w=300                   | a colon and a transform",
                "Thumb:w=300             | name of small letters",
                "../x:w=300              | name of small letters",
                "a:w=300;a:w=200         | a: is there twice",
                "a:                      | a, transform: expected at least one parameter",
                "a:wide=300              | a, wide: there is no such parameter",
                "a:w=-1                  | a, w: expected",
                "a:w=300&p=thumb         | a, p: ",
                "a:w=300&expires=9999999999 | a, expires: belongs into an address",
                "a:w=300&dl=x.jpg        | a, dl: belongs into an address",
                "a:w=300&mark=00000000000000000000000000 | a, mark: lays an uploaded image",
                "a:auto=format           | a, auto: a file has one format",
                "a:w=%zz                 | can't be decoded",
                "a:w=1;b:w=1;c:w=1;d:w=1;e:w=1;f:w=1;g:w=1;h:w=1;i:w=1 | at most 8"
            })
    void refusesWhatCantBeMadeOfEveryImage(String text, String why) {
        assertThatThrownBy(() -> RenditionsReader.read(text, AT_50))
                .isInstanceOf(TransformRefused.class)
                .hasMessageContaining(why);
    }

    @Test
    void findsEveryMistake() {
        assertThatThrownBy(() -> RenditionsReader.read("a:w=0;b;c:fm=tiff", AT_50))
                .isInstanceOfSatisfying(
                        TransformRefused.class,
                        refused -> assertThat(refused.problems()).hasSize(3));
    }
}
