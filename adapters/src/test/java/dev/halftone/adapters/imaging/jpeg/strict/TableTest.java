package dev.halftone.adapters.imaging.jpeg.strict;

import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DHT;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DQT;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOS;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.damaged;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.in;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.put;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.resize;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.unsupported;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.without;

import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Quantisation and Huffman tables (T.81 B.2.4.1, B.2.4.2).
class TableTest {
    private static final byte[] SOUND = SmallJpegs.named("4:2:0");
    private static final String QUANT = "a precision of 0 or 1 and a destination of 0 to 3";
    private static final String HUFFMAN = "a class of 0 or 1 and a destination of 0 to 3";
    private static final String PREFIX = "lengths of a prefix code";
    private static final String SYMBOLS = "at most 256 codes and as many symbols in the segment";

    static Stream<Mutation> tables() {
        return Stream.of(
                damaged("a step of 0", put(DQT, 6, 0), DQT, in(DQT, 6), "steps of 1 and more", "0 at index 5"),
                damaged("a 16-bit step of 0", wide(9), DQT, in(DQT, 1 + 2 * 9), "steps of 1 and more", "0 at index 9"),
                damaged("24 bits", put(DQT, 0, 0x20), DQT, in(DQT, 0), QUANT, "2 and 0"),
                damaged("destination 4", put(DQT, 0, 4), DQT, in(DQT, 0), QUANT, "0 and 4"),
                damaged("63 steps", resize(DQT, 64), DQT, in(DQT, 0), "64 bytes of steps in the segment", "63 bytes"),
                damaged("66 bytes", resize(DQT, 66), DQT, in(DQT, 65), "64 bytes of steps in the segment", "0 bytes"),
                damaged("no DQT", without(DQT), SOS, in(SOS, 1), "quantisation table 0", "none"),
                damaged("class 2", put(DHT, 0, 0x20), DHT, in(DHT, 0), HUFFMAN, "2 and 0"),
                damaged("destination 5", put(DHT, 0, 5), DHT, in(DHT, 0), HUFFMAN, "0 and 5"),
                damaged("over-full", lengths(3), DHT, in(DHT, 1), PREFIX, "more codes than there can be at length 1"),
                damaged("all ones", lengths(1, 2), DHT, in(DHT, 1), PREFIX, "the code of all ones at length 2"),
                damaged(
                        "one code of one bit too many",
                        lengths(2),
                        DHT,
                        in(DHT, 1),
                        PREFIX,
                        "the code of all ones at length 1"),
                damaged("a symbol too few", cut(lengths(1, 1)), DHT, in(DHT, 1), SYMBOLS, "2 codes and 1 bytes"),
                damaged(
                        "510 codes",
                        lengths(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255),
                        DHT,
                        in(DHT, 1),
                        SYMBOLS,
                        "510 codes and 510 bytes"),
                damaged("no symbols", resize(DHT, 9), DHT, in(DHT, 0), "16 numbers of codes in the segment", "8 bytes"),
                unsupported(
                        "no DHT", without(DHT), SOS, in(SOS, 7), "a Huffman table for component 1", "none defined"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void saysWhatIsWrongAndWhere(Mutation mutation) {
        mutation.requireRefused(SOUND);
    }

    @Test
    void stepsOf16BitsAreTaken() {
        Refusals.requireTaken(wide(-1).apply(JpegParts.of(SOUND)).toBytes());
    }

    @Test
    void manyTablesMayShareASegment() {
        JpegParts parts = JpegParts.of(SOUND);
        byte[] all = new byte[0];
        for (Part table : parts.all(DHT)) {
            int before = all.length;
            all = Arrays.copyOf(all, before + table.payload().length);
            System.arraycopy(table.payload(), 0, all, before, table.payload().length);
        }
        int first = parts.index(DHT);
        parts.removeAll(DHT).insert(first, new Part(DHT, all, new byte[0]));
        Refusals.requireTaken(parts.toBytes());
    }

    /// The first quantisation table with steps of 16 bits, one of them 0 where `zero` says.
    private static UnaryOperator<JpegParts> wide(int zero) {
        return file -> file.change(DQT, part -> {
            byte[] wide = new byte[129];
            wide[0] = 0x10;
            for (int k = 0; k < 64; k++) {
                wide[2 + 2 * k] = k == zero ? 0 : part.payload()[1 + k];
            }
            return new Part(DQT, wide, new byte[0]);
        });
    }

    /// The first Huffman table with so many codes of each length, from 1.
    private static UnaryOperator<JpegParts> lengths(int... counts) {
        return file -> file.change(DHT, part -> {
            byte[] table = new byte[17 + Arrays.stream(counts).sum()];
            System.arraycopy(JpegParts.bytes(counts), 0, table, 1, counts.length);
            return new Part(DHT, table, new byte[0]);
        });
    }

    private static UnaryOperator<JpegParts> cut(UnaryOperator<JpegParts> change) {
        return file -> change.apply(file)
                .change(
                        DHT,
                        part -> new Part(DHT, Arrays.copyOf(part.payload(), part.payload().length - 1), part.data()));
    }
}
