package dev.halftone.domain.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormatTest {

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946, JPEG",
        "89504e470d0a1a0a0000000d, PNG",
        "474946383961, GIF",
        "474946383761, GIF",
        "524946462400000057454250, WEBP",
        "424d00000000000000000000000028000000010000000100000000, BMP",
        "49492a0008000000, TIFF",
        "4d4d002a00000008, TIFF",
        "49492b00080000, TIFF",
        "00000100010010100000010020006804000016000000, ICO",
        "38425053, PSD",
        "ff0a, JXL",
        "0000000c4a584c200d0a870a, JXL",
        "0000000c6a5020200d0a870a, JP2",
        "ff4fff51, JP2",
        "0000001c667479706176696600000000617669666d696631, AVIF",
        "0000001c667479706d69663100000000617669666d696631, AVIF",
        "00000018667479706865696300000000, HEIC",
    })
    void tellsTheFormatByItsFirstBytes(String hex, ImageFormat format) {
        assertThat(ImageFormat.sniff(HexFormat.of().parseHex(hex))).contains(format);
    }

    @Test
    void tellsSvgFromOtherXml() {
        assertThat(ImageFormat.sniff("\uFEFF  <svg xmlns='x'/>".getBytes(UTF_8)))
                .contains(ImageFormat.SVG);
        assertThat(ImageFormat.sniff("<?xml version='1.0'?><!-- a --><SVG/>".getBytes(UTF_8)))
                .contains(ImageFormat.SVG);
        assertThat(ImageFormat.sniff("<?xml version='1.0'?><Error/>".getBytes(UTF_8)))
                .isEmpty();
        assertThat(ImageFormat.sniff("<!doctype html><html>".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void takesNothingElseForAnImage() {
        assertThat(ImageFormat.sniff(new byte[0])).isEmpty();
        assertThat(ImageFormat.sniff("BM".getBytes(ISO_8859_1))).isEmpty();
        assertThat(ImageFormat.sniff(new byte[] {0, 0, 'h', 'e', 'l', 'l', 'o'}))
                .isEmpty();
        assertThat(ImageFormat.sniff("GIF88a".getBytes(ISO_8859_1))).isEmpty();
    }
}
