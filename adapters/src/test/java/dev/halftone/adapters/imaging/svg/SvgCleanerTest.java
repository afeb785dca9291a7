package dev.halftone.adapters.imaging.svg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.domain.image.ImageLimits;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvgCleanerTest {
    private static String cleaned(String inside) {
        return whole("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9'>"
                + inside + "</svg>");
    }

    private static String whole(String svg) {
        return new String(SvgCleaner.clean(svg.getBytes(UTF_8), ImageLimits.DEFAULT), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>steal()</script>",
                "<SCRIPT>steal()</SCRIPT>",
                "<rect onload='steal()'/>",
                "<rect ONCLICK='steal()'/>",
                "<a href='javascript:steal()'/>",
                "<a xlink:href=' java&#10;script:steal()'/>",
                "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>steal</b></body></foreignObject>",
                "<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='//steal'/>",
                "<image href='http://steal/a.png'/>",
                "<image href='file:///steal'/>",
                "<image href='data:image/svg+xml;base64,c3RlYWw='/>",
                "<image href='data:text/html,steal'/>",
                "<use href='steal.svg#a'/>",
                "<rect fill='url(http://steal/)'/>",
                "<rect style='background:url( \"//steal\" )'/>",
                "<rect style='fill:u\\72l(steal)'/>",
                "<style>@import 'steal.css';</style>",
                "<style>rect{fill:url(steal)}</style>",
                "<?xml-stylesheet href='steal.css'?>",
                "<!-- steal -->",
                "<metadata>steal</metadata>",
                "<set attributeName='href' xml:base='http://steal/'/>",
            })
    void nothingThatActsOrReachesOutIsLeft(String inside) {
        assertThat(cleaned(inside + "<rect id='stays'/>"))
                .doesNotContain("steal")
                .contains("stays");
    }

    @Test
    void whatDrawsIsLeft() {
        String png = "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(TestImages.written(TestImages.quarters(4, 4), "png"));
        assertThat(cleaned("<defs><linearGradient id='g'><stop offset='0'/></linearGradient></defs>"
                        + "<style>rect { stroke: #123456 }</style><rect fill='url(#g)'/><text>a &lt; b</text>"
                        + "<use xlink:href='#g'/><image href='" + png + "'/>"))
                .contains("linearGradient", "#123456", "url(#g)", "a &lt; b", "xlink:href=\"#g\"", png);
    }

    @Test
    void aDocumentTypeIsLeftAwayAndItsEntitiesAreRefused() {
        assertThat(whole("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://steal/svg11.dtd'>"
                        + "<svg xmlns='http://www.w3.org/2000/svg'/>"))
                .doesNotContain("DOCTYPE", "steal");
        assertThatThrownBy(() -> whole("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                        + "<svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>"))
                .hasMessageMatching("(unsupported_format|corrupt_image).*");
    }

    @Test
    void whatIsNotBoundedIsRefused() {
        assertThatThrownBy(() -> cleaned("<g>".repeat(300) + "</g>".repeat(300)))
                .hasMessageStartingWith("unsupported_format");
        assertThatThrownBy(() -> cleaned("<g/>".repeat(100_001))).hasMessageStartingWith("unsupported_format");
        assertThatThrownBy(() -> cleaned(" ".repeat(SvgCleaner.MAX_BYTES))).hasMessageStartingWith("too_large");
        assertThatThrownBy(() -> cleaned("<rect>")).hasMessageStartingWith("corrupt_image");
        assertThatThrownBy(() -> whole("<html/>")).hasMessageStartingWith("corrupt_image");
    }

    @Test
    void picturesInsideCountTogether() {
        String png = "<image href='data:image/png;base64,"
                + Base64.getEncoder().encodeToString(TestImages.written(TestImages.quarters(60, 60), "png")) + "'/>";
        ImageLimits limits = ImageLimits.DEFAULT.withMaxPixels(10_000);
        byte[] svg = ("<svg xmlns='http://www.w3.org/2000/svg'>" + png.repeat(5) + "</svg>").getBytes(UTF_8);

        assertThat(new String(SvgCleaner.clean(svg, limits), UTF_8).split("data:image", -1))
                .hasSize(3);
    }

    @Test
    void lengthsOfTheWholeBecomePixels() {
        assertThat(whole("<svg xmlns='http://www.w3.org/2000/svg' width='1.5in' height='25.4mm'/>"))
                .contains("width=\"144.0\"", "height=\"96.0\"");
    }
}
