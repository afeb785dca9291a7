package dev.halftone.adapters.imaging.jpeg.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/// One change of a sound file and the refusal it must meet.
///
/// @param place offset that the refusal names, of the changed file
record Mutation(
        String name,
        UnaryOperator<JpegParts> change,
        Kind kind,
        int marker,
        ToIntFunction<JpegParts> place,
        String expected,
        String found) {

    static Mutation damaged(
            String name,
            UnaryOperator<JpegParts> change,
            int marker,
            ToIntFunction<JpegParts> place,
            String expected,
            String found) {
        return new Mutation(name, change, Kind.DAMAGED, marker, place, expected, found);
    }

    static Mutation unsupported(
            String name,
            UnaryOperator<JpegParts> change,
            int marker,
            ToIntFunction<JpegParts> place,
            String expected,
            String found) {
        return new Mutation(name, change, Kind.UNSUPPORTED, marker, place, expected, found);
    }

    void requireRefused(byte[] sound) {
        JpegParts changed = change.apply(JpegParts.of(sound));
        Refusal refusal = Refusals.of(changed.toBytes());
        assertThat(refusal).isEqualTo(new Refusal(kind, marker, place.applyAsInt(changed), expected, found));
    }

    @Override
    public String toString() {
        return name;
    }

    /// Offset of the first segment with this marker.
    static ToIntFunction<JpegParts> at(int marker) {
        return file -> file.offset(file.index(marker));
    }

    /// Offset of part `index`.
    static ToIntFunction<JpegParts> atPart(int index) {
        return file -> file.offset(index);
    }

    /// Offset of byte `index` of the data of the first segment with this marker.
    static ToIntFunction<JpegParts> in(int marker, int index) {
        return file -> file.offset(file.index(marker)) + 4 + index;
    }

    static ToIntFunction<JpegParts> end() {
        return file -> file.offset(file.size());
    }

    /// Puts another value into the first segment with this marker.
    static UnaryOperator<JpegParts> put(int marker, int index, int value) {
        return file -> file.change(marker, part -> part.with(index, value));
    }

    /// Gives the data of the first segment with this marker another length.
    static UnaryOperator<JpegParts> resize(int marker, int length) {
        return file ->
                file.change(marker, part -> new Part(marker, Arrays.copyOf(part.payload(), length), part.data()));
    }

    static UnaryOperator<JpegParts> insertBefore(int marker, Part part) {
        return file -> file.insert(file.index(marker), part);
    }

    static UnaryOperator<JpegParts> twice(int marker) {
        return file -> file.insert(file.index(marker), file.first(marker));
    }

    static UnaryOperator<JpegParts> without(int marker) {
        return file -> file.removeAll(marker);
    }

    static UnaryOperator<JpegParts> rename(int from, int to) {
        return file -> file.change(from, part -> new Part(to, part.payload(), part.data()));
    }
}
