package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.search.QualityLadder;
import dev.halftone.adapters.imaging.search.QualitySearch;
import dev.halftone.adapters.imaging.search.Rung;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/// Encodes a draft to a target, and says so where the target can't be reached.
final class MeetTarget {
    private final ToDoubleBiFunction<Picture, Picture> likeness;

    /// @param likeness of the decoded output to the picture it was made from, 1 for equal ones
    MeetTarget(ToDoubleBiFunction<Picture, Picture> likeness) {
        this.likeness = likeness;
    }

    /// What came out.
    ///
    /// @param met whether the target is; where not, a note says what was reached
    @SuppressWarnings("ArrayRecordComponent")
    record Result(byte[] bytes, boolean met, List<String> notes) {
        static Result met(byte[] bytes) {
            return new Result(bytes, true, List.of());
        }

        static Result missed(byte[] bytes, String note) {
            return new Result(bytes, false, List.of(note));
        }
    }

    /// @param inputBytes of the source, of which a ratio is a share
    Result run(Draft draft, CompressionTarget target, long inputBytes, Deadline deadline) throws IOException {
        return switch (target) {
            case CompressionTarget.ToQuality(Quality quality) -> Result.met(draft.at(quality.value()));
            case CompressionTarget.Lossless lossless -> lossless(draft);
            case CompressionTarget.ToRatio ratio ->
                within(draft, target, ratio.ceiling(inputBytes).orElseThrow(), deadline);
            case CompressionTarget.ToBytes bytes ->
                within(draft, target, bytes.ceiling(inputBytes).orElseThrow(), deadline);
            case CompressionTarget.ToSsim ssim -> alike(draft, ssim, deadline);
        };
    }

    private static Result lossless(Draft draft) throws IOException {
        Draft.Finest finest = draft.finest();
        return finest.exact()
                ? Result.met(finest.bytes())
                : Result.missed(
                        finest.bytes(),
                        "quality=lossless: JPEG always rounds a little; this is quality 100 with full chroma");
    }

    private static Result within(Draft draft, CompressionTarget target, long ceiling, Deadline deadline)
            throws IOException {
        if (draft.finestFirst() && draft.finest().bytes().length <= ceiling) {
            return Result.met(draft.finest().bytes());
        }
        Rung rung = QualitySearch.within(draft.ladder(), Math.max(1, ceiling), deadline);
        if (!rung.met() && draft.finestFirst() && draft.finest().bytes().length <= rung.bytes().length) {
            byte[] exact = draft.finest().bytes();
            return Result.missed(exact, target.missedBy(exact.length, ceiling));
        }
        if (!rung.met()) {
            return Result.missed(rung.bytes(), target.missedBy(rung.bytes().length, ceiling) + ", at quality 1");
        }
        if (rung.quality() == QualityLadder.TOP && !draft.finestFirst()) {
            Draft.Finest finest = draft.finest();
            return Result.met(finest.bytes().length <= ceiling ? finest.bytes() : rung.bytes());
        }
        return Result.met(rung.bytes());
    }

    private Result alike(Draft draft, CompressionTarget.ToSsim target, Deadline deadline) throws IOException {
        Picture picture = draft.picture();
        Rung rung = QualitySearch.alike(
                draft.ladder(), bytes -> likenessOf(draft, picture, bytes), target.similarity(), deadline);
        if (rung.met() && !draft.finestFirst()) {
            return Result.met(rung.bytes());
        }
        Draft.Finest finest = draft.finest();
        if (finest.exact()) {
            boolean smaller = rung.met() && rung.bytes().length < finest.bytes().length;
            return Result.met(smaller ? rung.bytes() : finest.bytes());
        }
        return Result.missed(
                rung.bytes(),
                String.format(
                        Locale.ROOT,
                        "%s not reachable: %.4f is the best, at quality %.0f",
                        target.wire(),
                        rung.measure(),
                        rung.quality()));
    }

    private double likenessOf(Draft draft, Picture picture, byte[] bytes) {
        try {
            return likeness.applyAsDouble(picture, draft.decoded(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("what was just encoded can't be decoded", e);
        }
    }
}
