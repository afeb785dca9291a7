package dev.halftone.app.bench.jpeg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Copies of photos without what is not picture (APP1 to APP13, APP15, COM, bytes after the end), so that codecs are
/// compared, and not what programs do with metadata. JFIF and Adobe markers stay: they say how to read the colours.
record BareSource(Path folder) implements AutoCloseable {

    static BareSource create() throws IOException {
        return new BareSource(Files.createTempDirectory("halftone-bench"));
    }

    List<Photo> of(List<Photo> photos) throws IOException {
        List<Photo> bare = new ArrayList<>();
        for (Photo photo : photos) {
            byte[] bytes = strip(photo.bytes());
            Path file = Files.write(folder.resolve(bare.size() + ".jpg"), bytes);
            bare.add(Photo.read(photo.name(), file, bytes));
        }
        return bare;
    }

    static byte[] strip(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
        out.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xDA) {
            int marker = jpeg[at + 1] & 0xFF;
            int end = marker == 0xFF ? at + 1 : at + 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
            boolean dropped = marker == 0xFF || marker == 0xFE || marker > 0xE0 && marker <= 0xEF && marker != 0xEE;
            if (!dropped) {
                out.write(jpeg, at, end - at);
            }
            at = end;
        }
        out.write(jpeg, at, endOfImage(jpeg, at) - at);
        return out.toByteArray();
    }

    /// After the end marker that follows the scans: a thumbnail or a second picture has gone with the segments or
    /// stands behind it.
    private static int endOfImage(byte[] jpeg, int from) {
        for (int at = from; at + 1 < jpeg.length; at++) {
            if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xD9) {
                return at + 2;
            }
        }
        return jpeg.length;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
