package dev.halftone.adapters.imaging.jpeg.codec.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.LibjpegTools;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileWriterTest {
    @Test
    void filesWithRestartMarkersHoldTheSamePicture() {
        LibjpegTools.assumePresent();
        Random random = new Random(13);
        for (int[] factors : new int[][] {{11}, {22}, {22, 11, 11}, {11, 11, 11}, {21, 12, 11}}) {
            Picture picture = JpegSamples.random(JpegSamples.frame(150, 110, factors), 0.1, 20, random);
            byte[] without = write(picture, 0);
            for (int interval : new int[] {1, 3, picture.frame().mcusWide(), 10_000}) {
                byte[] with = write(picture, interval);
                assertThat(StructureReader.read(with, JpegSamples.MAX_PIXELS)
                                .scans()
                                .getFirst()
                                .restartInterval())
                        .isEqualTo(interval);
                assertThat(JpegSamples.same(JpegSamples.decode(with), picture)).isTrue();
                assertThat(LibjpegTools.pixels(with)).isEqualTo(LibjpegTools.pixels(without));
            }
        }
    }

    @Test
    void refusesARestartIntervalThatTheMarkerCannotHold() {
        Picture picture = JpegSamples.random(JpegSamples.frame(16, 16, 11), 0.1, 20, new Random(1));
        assertThatThrownBy(() -> write(picture, 65_536)).hasMessageContaining("65536");
    }

    @Test
    void bitsAreThoseThatAreWritten() {
        Picture picture = JpegSamples.random(JpegSamples.frame(150, 110, 22, 11, 11), 0.1, 20, new Random(1));
        Tokens tokens = tokens(picture, 0);
        byte[] file = write(picture, 0);
        int scan = StructureReader.read(file, JpegSamples.MAX_PIXELS)
                        .scans()
                        .getFirst()
                        .dataStart()
                - (8 + 2 * 3);
        long headers = 8L * (file.length - scan);
        long tables = 8 * (scan - (2 + 4 + 2 * 65 + 4 + 15) - 4L);
        long stuffed = 8 * stuffedBytes(file, scan);
        assertThat(FileWriter.bits(picture.frame(), tokens))
                .isBetween(headers + tables - stuffed - 8 * 2 - 16, headers + tables - stuffed);
    }

    static byte[] write(Picture picture, int restartInterval) {
        return new FileWriter(new BitWriter())
                .write(
                        new byte[0],
                        picture.frame(),
                        picture.tables(),
                        tokens(picture, restartInterval),
                        restartInterval);
    }

    static Tokens tokens(Picture picture, int restartInterval) {
        Tokens tokens = new Tokens();
        List<Requantiser> identity = picture.tables().stream()
                .map(table -> Requantiser.identity(table, true))
                .toList();
        picture.planes().setMasks(picture.frame());
        PlaneTokenizer.tokenize(picture.frame(), picture.planes(), identity, restartInterval, tokens);
        return tokens;
    }

    private static long stuffedBytes(byte[] file, int from) {
        long stuffed = 0;
        for (int i = from; i + 1 < file.length; i++) {
            stuffed += file[i] == (byte) 0xFF && file[i + 1] == 0 ? 1 : 0;
        }
        return stuffed;
    }
}
