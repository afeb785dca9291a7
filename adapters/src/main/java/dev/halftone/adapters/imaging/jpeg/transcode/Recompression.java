package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.turn.Turn;

/// What to make of a JPEG.
///
/// @param profile which tables, and whether sampling is kept
/// @param trellis whether coefficients are chosen by rate and distortion over a whole block, at several times
/// the work
/// @param progressive whether the file comes in several scans
/// @param turn how the picture is turned; [Turn#isExact] must hold for its frame
/// @param segments whole marker segments to write after SOI: metadata and colour profile, but neither JFIF nor
/// Adobe's
/// @param pause called now and then between steps of the work; may throw to stop it
@SuppressWarnings("ArrayRecordComponent")
public record Recompression(
        Goal goal, Profile profile, boolean trellis, boolean progressive, Turn turn, byte[] segments, Runnable pause) {

    /// Which tables are used.
    public enum Profile {
        /// Those of the Independent JPEG Group; chroma keeps its resolution.
        STANDARD(0.08),
        /// Tables made for similarity per byte; chroma goes down to half its resolution in both directions.
        SMALLEST(0.10);

        private final double lambda;

        Profile(double lambda) {
            this.lambda = lambda;
        }

        /// What a bit is worth to the trellis, in squared target steps; the best measured for tables of each
        /// kind.
        double lambda() {
            return lambda;
        }
    }

    public static final Turn NO_TURN = Turn.upright(1);

    /// The same picture coded again, with nothing chosen anew.
    Recompression withoutLoss() {
        return new Recompression(new Goal.Lossless(), profile, false, progressive, turn, segments, pause);
    }

    /// Without metadata, turned by nothing.
    public static Recompression to(Goal goal) {
        return new Recompression(goal, Profile.STANDARD, false, false, NO_TURN, new byte[0], () -> {});
    }
}
