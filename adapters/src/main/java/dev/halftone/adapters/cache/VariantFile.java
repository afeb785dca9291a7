package dev.halftone.adapters.cache;

import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.variant.cached.CachedVariant;
import dev.halftone.domain.variant.cached.VariantKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One variant as a file: a header, its CRC-32C, the picture. The header holds a mark with the version, the moment in
/// milliseconds, the key, format, width and height, and the picture's length and SHA-256, so that a file that was cut
/// short, mixed up or rotted is told apart from a whole one.
final class VariantFile {
    private static final long MARK = 0x48_54_56_41_52_0d_0a_01L;

    private VariantFile() {}

    /// Header and picture apart, so that the picture is not copied.
    static byte[] header(VariantKey key, Kept kept) {
        CachedVariant variant = kept.variant();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MARK);
            out.writeLong(kept.made().toEpochMilli());
            out.writeUTF(key.owner());
            out.writeUTF(key.transform());
            out.writeUTF(variant.format().wire());
            out.writeInt(variant.size().width());
            out.writeInt(variant.size().height());
            out.writeInt(variant.bytes().length);
            out.writeUTF(variant.hash().hex());
            out.writeInt((int) crc(bytes.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Empty where the file is not the whole variant of this key.
    static Optional<Kept> read(VariantKey key, byte[] file) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            if (in.readLong() != MARK) {
                return Optional.empty();
            }
            Instant made = Instant.ofEpochMilli(in.readLong());
            boolean ofKey = in.readUTF().equals(key.owner()) & in.readUTF().equals(key.transform());
            String format = in.readUTF();
            int width = in.readInt();
            int height = in.readInt();
            int length = in.readInt();
            String hash = in.readUTF();
            int end = file.length - in.available();
            boolean whole = in.readInt() == (int) crc(Arrays.copyOf(file, end)) && in.available() == length;
            if (!ofKey || !whole) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            ContentHash found = ContentHash.of(bytes);
            return found.hex().equals(hash)
                    ? formatOf(format)
                            .map(known -> new Kept(
                                    new CachedVariant(known, new PixelSize(width, height), bytes, found), made))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static Optional<ImageFormat> formatOf(String wire) {
        return Arrays.stream(ImageFormat.values())
                .filter(format -> format.wire().equals(wire))
                .findFirst();
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
