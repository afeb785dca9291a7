package dev.halftone.adapters.imaging.jpeg.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Verdict;
import java.util.List;

/// What every way through the codec says of a file.
final class Refusals {
    private Refusals() {}

    /// The refusal that all ways agree on.
    static Refusal of(byte[] file) {
        List<Verdict> verdicts = verdicts(file);
        assertThat(verdicts).allMatch(Refused.class::isInstance, "is refused");
        List<Refusal> refusals =
                verdicts.stream().map(Refused.class::cast).map(Refused::refusal).toList();
        assertThat(refusals)
                .extracting(Refusal::kind)
                .containsOnly(refusals.getFirst().kind());
        return refusals.getFirst();
    }

    static void requireTaken(byte[] file) {
        assertThat(verdicts(file)).allMatch(Taken.class::isInstance, "is taken");
    }

    private static List<Verdict> verdicts(byte[] file) {
        return List.of(
                Transcoding.lossless(file),
                Transcoding.requantise(file, 40),
                Transcoding.losslessThroughPlanes(file, Transcoding.MAX_PIXELS));
    }
}
