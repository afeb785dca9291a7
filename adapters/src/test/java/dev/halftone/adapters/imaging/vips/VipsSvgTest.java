package dev.halftone.adapters.imaging.vips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drawings are drawn, and reach nothing.
class VipsSvgTest {
    private static final String HEAD = "<svg xmlns='http://www.w3.org/2000/svg'"
            + " xmlns:xlink='http://www.w3.org/1999/xlink' width='60' height='40'>"
            + "<rect width='60' height='40' fill='#dc1e1e'/>";

    @BeforeAll
    static void isNeeded() {
        Vips.library();
    }

    private static byte[] svg(String inside) {
        return (HEAD + inside + "</svg>").getBytes(UTF_8);
    }

    @Test
    void isDrawnAtTheSizeItGoesOutWith() {
        Operation larger =
                new Operation.Resize(OptionalInt.of(600), OptionalInt.empty(), Fit.CLIP, Gravity.CENTER, Rgba.WHITE);
        byte[] half = svg("<rect x='30' width='30' height='40' fill='#1e1edc'/>");

        var made = (dev.halftone.domain.engine.EngineResult.Encoded) Vips.ENGINE.run(
                Vips.source(half), new Pipeline(List.of(larger), Vips.TO_PNG), Map.of(), ImageLimits.DEFAULT);

        assertThat(made.image().size()).isEqualTo(new PixelSize(600, 400));
        int[] row = java.util.Arrays.copyOfRange(Vips.seen(made.image().bytes()).argb(), 0, 600);
        assertThat(row[297]).as("drawn, not blown up").isEqualTo(0xffdc1e1e);
        assertThat(row[302]).isEqualTo(0xff1e1edc);
    }

    @Test
    void isNotDrawnWhereNoFormatIsNamed() {
        assertThatThrownBy(() -> Vips.CHAIN.compress(Vips.source(svg("")), Compression.DEFAULT, ImageLimits.DEFAULT))
                .hasMessageStartingWith("unsupported_format")
                .hasMessageContaining("where a format is named");
    }

    @Test
    void readsNoFile(@TempDir Path folder) throws IOException {
        Path secret = folder.resolve("secret.png");
        Files.write(secret, TestImages.written(TestImages.quarters(20, 20), "png"));
        for (String target : List.of("file://" + secret, secret.toString(), "file:///etc/passwd")) {
            byte[] svg = svg("<image xlink:href='" + target + "' width='60' height='40'/>" + "<image href='" + target
                    + "' width='60' height='40'/>");

            EncodedImage made = Vips.made(svg, Vips.TO_PNG);

            assertThat(Vips.seen(made.bytes()).argb()).as(target).containsOnly(0xffdc1e1e);
        }
    }

    /// With the cleaner, and without it: the library itself must not fetch either.
    @Test
    void callsNobody() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/";
            byte[] svg = svg("<style>@import url(" + address + "a.css); rect { fill: url(" + address + "b) }</style>"
                    + "<image href='" + address + "c.png' width='9' height='9'/>"
                    + "<use href='" + address + "d.svg#x'/>");

            assertThat(Vips.made(svg, Vips.TO_PNG).size()).isEqualTo(new PixelSize(60, 40));
            try (VipsWork work = Vips.library().work(Deadline.in(Duration.ofSeconds(10)))) {
                assertThat(work.open("svgload_buffer", svg, Map.of()).samples()).isNotEmpty();
            }

            server.setSoTimeout(50);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void readersThatAreNotLetInStayOut() {
        byte[] ppm = "P6 1 1 255 abc".getBytes(UTF_8);
        for (String loader : List.of("magickload_buffer", "jp2kload_buffer", "jxlload_buffer", "radload_buffer")) {
            if (Vips.library().has(loader)) {
                try (VipsWork work = Vips.library().work(Deadline.in(Duration.ofSeconds(10)))) {
                    assertThatThrownBy(() -> work.open(loader, ppm, Map.of())).hasMessageContaining("blocked");
                }
            }
        }
    }
}
