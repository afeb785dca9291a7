package dev.halftone.adapters.imaging.jpeg.fuzz;

import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Verdict;
import java.util.Arrays;

/// What Jazzer calls with each of its inputs. Bytes that begin as a JPEG are a file; others are the choices of
/// [ChosenFile], so that files of sound syntax come up often.
public final class CodecFuzzTarget {
    private static final long MAX_PIXELS = 1 << 18;

    private CodecFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean isFile = input.length >= 2 && input[0] == (byte) 0xFF && input[1] == (byte) 0xD8;
        check(isFile ? input : ChosenFile.of(input));
    }

    static void check(byte[] file) {
        Verdict lossless = Transcoding.lossless(file, MAX_PIXELS);
        if (lossless instanceof Refused && !Transcoding.isWellFormed(file, MAX_PIXELS)) {
            return;
        }
        Transcoding.otherWays(file, Arrays.hashCode(file), MAX_PIXELS).forEach((how, other) -> {
            requireSameFate(how, lossless, other);
            if (other instanceof Taken(byte[] output)) {
                again(how, output);
            }
        });
        if (lossless instanceof Taken(byte[] output)) {
            requireSameCoefficients(file, output);
            if (!Arrays.equals(output, again("lossless", output))) {
                throw new AssertionError("the lossless output becomes another file");
            }
        }
    }

    private static void requireSameFate(String how, Verdict first, Verdict second) {
        if (first instanceof Refused != second instanceof Refused) {
            throw new AssertionError("lossless: " + first + ", " + how + ": " + second);
        }
    }

    private static void requireSameCoefficients(byte[] file, byte[] output) {
        short[][] before = Transcoding.coefficients(file, MAX_PIXELS);
        short[][] after = Transcoding.coefficients(output, MAX_PIXELS);
        if (!Arrays.deepEquals(before, after)) {
            throw new AssertionError("the lossless output holds other coefficients");
        }
    }

    private static byte[] again(String which, byte[] output) {
        return switch (Transcoding.lossless(output, MAX_PIXELS)) {
            case Taken(byte[] second) -> second;
            case Refused(var refusal) -> throw new AssertionError("the " + which + " output is refused: " + refusal);
        };
    }
}
