package dev.halftone.app.bench.jpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A JPEG file with what its header says about it.
///
/// @param name    below the folder it was found in
/// @param quality of the IJG whose luminance table is nearest to the file's first component's, 1 to 100
record Photo(
        String name,
        Path file,
        byte[] bytes,
        int width,
        int height,
        boolean progressive,
        String sampling,
        int components,
        int quality) {

    /// The luminance table of ITU T.81 Table K.1, row by row.
    private static final int[] K1 = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /// Every JPEG file in these folders and below, and these files, in the order of their names.
    ///
    /// @param skipped gets a line for each file that has no readable header
    static List<Photo> in(List<Path> places, List<String> skipped) throws IOException {
        List<Photo> photos = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new IllegalArgumentException("there is no " + place + "; name folders or files with --images");
            }
            Path whole = place.toAbsolutePath();
            Path base = Files.isDirectory(whole) ? whole : whole.resolveSibling("");
            try (Stream<Path> files = Files.walk(whole)) {
                for (Path file : files.filter(path -> path.toString().matches("(?i).*\\.jpe?g"))
                        .sorted()
                        .toList()) {
                    String name = base.relativize(file).toString();
                    try {
                        photos.add(read(name, file, Files.readAllBytes(file)));
                    } catch (IOException | IndexOutOfBoundsException unreadable) {
                        skipped.add(name + " was skipped: " + unreadable.getMessage());
                    }
                }
            }
        }
        if (photos.isEmpty()) {
            throw new IllegalArgumentException("there is no .jpg or .jpeg file in " + places);
        }
        return photos;
    }

    /// Walks the marker segments up to the first scan.
    static Photo read(String name, Path file, byte[] bytes) throws IOException {
        int[][] tables = new int[4][];
        int at = 2;
        int frame = -1;
        while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF && (bytes[at + 1] & 0xFF) != 0xDA) {
            int marker = bytes[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = word(bytes, at + 2);
            if (marker == 0xDB) {
                readTables(bytes, at + 4, at + 2 + length, tables);
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                frame = at;
            }
            at += 2 + length;
        }
        if (frame < 0 || tables[bytes[frame + 12] & 3] == null) {
            throw new IOException(
                    file + " is not a JPEG file: no frame header or no quantisation table before its scan");
        }
        int components = bytes[frame + 9];
        StringBuilder sampling = new StringBuilder();
        for (int i = 0; i < components; i++) {
            int factors = bytes[frame + 11 + 3 * i];
            sampling.append(i == 0 ? "" : ",")
                    .append(factors >> 4 & 15)
                    .append('x')
                    .append(factors & 15);
        }
        return new Photo(
                name,
                file,
                bytes,
                word(bytes, frame + 7),
                word(bytes, frame + 5),
                (bytes[frame + 1] & 0xFF) == 0xC2,
                sampling.toString(),
                components,
                nearestQuality(tables[bytes[frame + 12] & 3]));
    }

    private static void readTables(byte[] bytes, int from, int to, int[][] tables) {
        for (int at = from; at < to; ) {
            int kind = bytes[at++];
            int[] table = new int[64];
            for (int k = 0; k < 64; k++) {
                table[ZIGZAG[k]] = kind >> 4 == 0 ? bytes[at++] & 0xFF : word(bytes, (at += 2) - 2);
            }
            tables[kind & 3] = table;
        }
    }

    static int nearestQuality(int[] table) {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int quality = 1; quality <= 100; quality++) {
            int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
            long distance = 0;
            for (int k = 0; k < 64; k++) {
                distance += Math.abs(table[k] - Math.clamp((K1[k] * scale + 50) / 100, 1, 255));
            }
            if (distance < least) {
                least = distance;
                best = quality;
            }
        }
        return best;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    double megapixels() {
        return width * (double) height / 1e6;
    }

    double bitsPerPixel() {
        return bytes.length * 8.0 / (width * (double) height);
    }

    /// In brief, for the lists of losses.
    String described() {
        return String.format(
                Locale.ROOT,
                "%s%s, q%d, %.2f bits/px",
                sampling.split(",")[0],
                progressive ? " progressive" : "",
                quality,
                bitsPerPixel());
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Photo that && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }
}
