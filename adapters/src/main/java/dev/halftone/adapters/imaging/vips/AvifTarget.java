package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.search.QualityLadder;
import dev.halftone.adapters.imaging.search.QualitySearch;
import dev.halftone.adapters.imaging.search.Rung;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes one picture as AVIF to a target. The encoder knows whole qualities only, and each is run once.
final class AvifTarget {
    private final VipsOutput output;
    private final VipsImage image;
    private final Metadata metadata;
    private final VipsRun run;
    private final Map<Integer, byte[]> made = new HashMap<>();

    /// @param image in memory, since it is read again and again
    AvifTarget(VipsOutput output, VipsImage image, Metadata metadata, VipsRun run) {
        this.output = output;
        this.image = image;
        this.metadata = metadata;
        this.run = run;
    }

    /// @param notes where the target was missed, by how much
    @SuppressWarnings("ArrayRecordComponent")
    record Made(byte[] bytes, List<String> notes) {}

    Made meet(CompressionTarget target, long inputBytes) {
        try {
            return switch (target) {
                case CompressionTarget.ToQuality(Quality quality) -> new Made(at(quality.value()), List.of());
                case CompressionTarget.Lossless lossless -> exactly();
                case CompressionTarget.ToBytes bytes ->
                    within(target, bytes.ceiling(inputBytes).orElseThrow());
                case CompressionTarget.ToRatio ratio ->
                    within(target, ratio.ceiling(inputBytes).orElseThrow());
                case CompressionTarget.ToSsim ssim -> alike(ssim);
            };
        } catch (IOException impossible) {
            throw new UncheckedIOException("libvips writes to memory", impossible);
        }
    }

    /// Some builds turn colours into luma and chroma on the way, which rounds.
    private Made exactly() {
        byte[] bytes = output.avifExactly(image, metadata);
        int[] before = Pictures.of(image).asColour().argb();
        int[] after = run.decodedAvif(bytes).asColour().argb();
        int most = 0;
        for (int i = 0; i < before.length; i++) {
            for (int shift = 0; shift < 32; shift += 8) {
                most = Math.max(most, Math.abs((before[i] >>> shift & 255) - (after[i] >>> shift & 255)));
            }
        }
        return new Made(
                bytes,
                most == 0
                        ? List.of()
                        : List.of(
                                "quality=lossless: this libvips rounds AVIF colours, by " + most + " of 255 at most"));
    }

    private byte[] at(int quality) {
        return made.computeIfAbsent(quality, step -> output.avif(image, step, metadata));
    }

    private byte[] at(double quality) {
        return at(Math.clamp((int) Math.floor(quality), 1, QualityLadder.TOP));
    }

    private Made within(CompressionTarget target, long ceiling) throws IOException {
        Rung rung = QualitySearch.within(this::at, Math.max(1, ceiling), run.deadline());
        return new Made(
                rung.bytes(),
                rung.met() ? List.of() : List.of(target.missedBy(rung.bytes().length, ceiling) + ", at quality 1"));
    }

    private Made alike(CompressionTarget.ToSsim target) throws IOException {
        Picture picture = Pictures.of(image);
        Rung rung = QualitySearch.alike(
                this::at,
                bytes -> run.likeness().applyAsDouble(picture, run.decodedAvif(bytes)),
                target.similarity(),
                run.deadline());
        return new Made(
                rung.bytes(),
                rung.met()
                        ? List.of()
                        : List.of(String.format(
                                Locale.ROOT,
                                "%s not reachable: %.4f is the best, at quality %.0f",
                                target.wire(),
                                rung.measure(),
                                rung.quality())));
    }
}
