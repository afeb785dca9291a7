package dev.halftone.adapters.imaging.jpeg.codec.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.LibjpegTools;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnedPictureTest {
    private static final List<List<String>> JPEGTRAN = List.of(
            List.of("-flip", "horizontal"),
            List.of("-rotate", "180"),
            List.of("-flip", "vertical"),
            List.of("-transpose"),
            List.of("-rotate", "90"),
            List.of("-transverse"),
            List.of("-rotate", "270"));

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x1,1x2,1x1", "3x1", "gray", "gray 2x2"})
    void turnsAsJpegtranDoesAndRefusesWhatItRefuses(String sampling) {
        LibjpegTools.assumePresent();
        int[][] sizes = {{96, 64}, {88, 64}, {96, 56}, {93, 61}, {7, 5}};
        for (int[] size : sizes) {
            byte[] jpeg = jpeg(sampling, size[0], size[1]);
            for (int orientation = 2; orientation <= 8; orientation++) {
                String what = "%s %dx%d orientation %d".formatted(sampling, size[0], size[1], orientation);
                Optional<byte[]> expected = jpegtran(jpeg, orientation);
                Picture source = JpegSamples.decode(jpeg);
                Turn turn = Turn.upright(orientation);
                assertThat(turn.isExact(source.frame())).as(what).isEqualTo(expected.isPresent());
                if (expected.isPresent()) {
                    Picture turned = turn(turn, source);
                    assertThat(JpegSamples.same(turned, JpegSamples.decode(expected.get())))
                            .as(what)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void writtenFilesShowThePixelsOfJpegtrans() {
        LibjpegTools.assumePresent();
        for (String sampling : List.of("1x1", "2x1", "2x2", "gray")) {
            byte[] jpeg = jpeg(sampling, 96, 64);
            for (int orientation = 2; orientation <= 8; orientation++) {
                byte[] written = write(turn(Turn.upright(orientation), JpegSamples.decode(jpeg)));
                byte[] expected = jpegtran(jpeg, orientation).orElseThrow();
                assertThat(LibjpegTools.pixels(written))
                        .as(sampling + " orientation " + orientation)
                        .isEqualTo(LibjpegTools.pixels(expected));
            }
        }
    }

    @Test
    void everyTurnIsUndoneByItsInverse() {
        Random random = new Random(11);
        int[][] samplings = {{11}, {22}, {22, 11, 11}, {21, 11, 11}, {12, 11, 11}, {41, 11, 11}, {11, 11, 11, 11}};
        for (int round = 0; round < 40; round++) {
            int[] factors = samplings[round % samplings.length];
            Frame frame = JpegSamples.frame(32 * (1 + random.nextInt(4)), 32 * (1 + random.nextInt(4)), factors);
            Picture picture = JpegSamples.random(frame, 0.3, 900, random);
            for (int orientation = 1; orientation <= 8; orientation++) {
                Turn turn = Turn.upright(orientation);
                Picture back = turn(turn.inverse(), turn(turn, picture));
                assertThat(JpegSamples.same(back, picture))
                        .as("round %d orientation %d", round, orientation)
                        .isTrue();
            }
        }
    }

    @Test
    void twoQuarterTurnsAreAHalfTurn() {
        Picture picture = JpegSamples.random(JpegSamples.frame(64, 32, 21, 11, 11), 0.4, 500, new Random(3));
        Turn quarter = Turn.upright(6);
        Picture twice = turn(quarter, turn(quarter, picture));
        assertThat(JpegSamples.same(twice, turn(Turn.upright(3), picture))).isTrue();
        assertThat(JpegSamples.same(turn(quarter, picture), turn(Turn.upright(3), picture)))
                .isFalse();
    }

    @Test
    void orientationOneMovesNothing() {
        Picture picture = JpegSamples.random(JpegSamples.frame(61, 37, 22, 11, 11), 0.4, 500, new Random(3));
        assertThat(JpegSamples.same(turn(Turn.upright(1), picture), picture)).isTrue();
    }

    @Test
    void aQuarterTurnOfFourTwoTwoIsFourFourZero() {
        Frame turned = Turn.upright(6).frame(JpegSamples.frame(64, 32, 21, 11, 11));
        assertThat(turned).isEqualTo(JpegSamples.frame(32, 64, 12, 11, 11));
    }

    @Test
    void refusesToTurnWhatWouldLoseItsEdge() {
        Picture picture = JpegSamples.random(JpegSamples.frame(65, 32, 11), 0.4, 500, new Random(3));
        assertThatThrownBy(() -> turn(Turn.upright(2), picture))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65x32");
        assertThatThrownBy(() -> Turn.upright(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void corpusFilesComeOutAsJpegtranTurnsThem() throws IOException {
        LibjpegTools.assumePresent();
        Path folder = JpegSamples.CORPORA.resolve("exif-orientation");
        assumeTrue(Files.isDirectory(folder), "the shared corpus is not here");
        List<Path> files;
        try (var listing = Files.list(folder)) {
            files = listing.filter(file -> file.toString().matches(".*_[1-8]\\.jpg|.*mm-[1-8]\\.jpg"))
                    .sorted()
                    .toList();
        }
        int exact = 0;
        for (Path file : files) {
            String name = file.getFileName().toString();
            int orientation = name.charAt(name.length() - 5) - '0';
            byte[] jpeg = Files.readAllBytes(file);
            Picture source = JpegSamples.decode(jpeg);
            Turn turn = Turn.upright(orientation);
            Optional<byte[]> expected = orientation == 1 ? Optional.of(jpeg) : jpegtran(jpeg, orientation);
            assertThat(turn.isExact(source.frame())).as(name).isEqualTo(expected.isPresent());
            if (expected.isPresent()) {
                exact++;
                assertThat(JpegSamples.same(turn(turn, source), JpegSamples.decode(expected.get())))
                        .as(name)
                        .isTrue();
            }
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(16);
        assertThat(exact).isGreaterThan(files.size() / 4);
    }

    private static Picture turn(Turn turn, Picture picture) {
        Coefficients into = new Coefficients();
        TurnedPicture turned = TurnedPicture.of(turn, picture.frame(), picture.tables(), picture.planes(), into);
        return new Picture(turned.frame(), turned.tables(), into);
    }

    private static byte[] write(Picture picture) {
        Tokens tokens = new Tokens();
        List<Requantiser> identity = picture.tables().stream()
                .map(table -> Requantiser.identity(table, true))
                .toList();
        picture.planes().setMasks(picture.frame());
        PlaneTokenizer.tokenize(picture.frame(), picture.planes(), identity, 0, tokens);
        return new FileWriter(new BitWriter()).write(new byte[0], picture.frame(), picture.tables(), tokens);
    }

    private static byte[] jpeg(String sampling, int width, int height) {
        List<String> options = new ArrayList<>(List.of("-quality", "85"));
        if (sampling.startsWith("gray")) {
            options.add("-grayscale");
        }
        if (!sampling.equals("gray")) {
            options.addAll(List.of("-sample", sampling.replace("gray ", "")));
        }
        return LibjpegTools.compress(JpegSamples.ppm(width, height, 7), options.toArray(new String[0]));
    }

    private static Optional<byte[]> jpegtran(byte[] jpeg, int orientation) {
        List<String> options = new ArrayList<>(List.of("-perfect"));
        options.addAll(JPEGTRAN.get(orientation - 2));
        return LibjpegTools.tryTransform(jpeg, options.toArray(new String[0]));
    }
}
