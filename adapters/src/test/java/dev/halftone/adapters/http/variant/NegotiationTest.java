package dev.halftone.adapters.http.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.image.ImageFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
    private static final Set<ImageFormat> ALL =
            Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF);

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            image/avif,image/webp,*/*;q=0.8               > AVIF
            image/webp,image/avif,image/*;q=0.8           > AVIF
            image/webp,*/*;q=0.8                          > WEBP
            image/avif;q=0.5,image/webp                   > WEBP
            image/avif;q=0,image/webp;q=0.3,image/*;q=0.2 > WEBP
            image/webp;q=0.1,image/jpeg                   > JPEG
            image/avif;q=0                                > JPEG
            image/png                                     > JPEG
            */*                                           > JPEG
            image/*                                       > JPEG
            IMAGE/AVIF                                    > AVIF
            text/html,image/avif;q=0.9                    > AVIF
            """)
    void takesWhatTheClientNames(String accept, ImageFormat format) {
        assertThat(Negotiation.choose(AcceptHeader.of(accept), ImageFormat.JPEG, ALL)
                        .orElse(ImageFormat.JPEG))
                .isEqualTo(format);
    }

    @Test
    void offersOnlyWhatIsWritten() {
        AcceptHeader accept = AcceptHeader.of("image/avif,image/webp");

        assertThat(Negotiation.choose(accept, ImageFormat.PNG, Set.of(ImageFormat.JPEG, ImageFormat.WEBP)))
                .contains(ImageFormat.WEBP);
        assertThat(Negotiation.choose(accept, ImageFormat.PNG, Set.of(ImageFormat.JPEG)))
                .isEmpty();
    }

    @Test
    void leavesASourceThatIsOfTheFormatAlready() {
        assertThat(Negotiation.choose(AcceptHeader.of("image/webp"), ImageFormat.WEBP, ALL))
                .isEmpty();
    }
}
