package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.IccProfile;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Reads JPEG. Grey and three-component files go to the JDK's decoder with their headers reduced to what names the
/// colour
/// transform, so that neither a broken profile nor odd component ids change what it does; the samples stay in the
/// file's own
/// colour space. Four components go to TwelveMonkeys, which converts them to sRGB.
final class JpegReading {
    private JpegReading() {}

    /// @return empty, with a reason, for coding processes that no reader here knows
    static Decoded read(byte[] bytes, ImageHeader header, Deadline deadline) throws UnsupportedVariant, IOException {
        JpegFile file = JpegFile.parse(bytes);
        JpegFile.Frame frame = file.frame();
        if (frame.marker() > 0xc2 || frame.precision() != 8) {
            throw new UnsupportedVariant("unsupported JPEG variant: " + process(frame.marker()) + ", "
                    + frame.precision() + " bits a sample");
        }
        if (file.segments().stream().noneMatch(segment -> segment.marker() == 0xc4)) {
            throw new UnsupportedVariant("unsupported JPEG variant: it brings no Huffman tables of its own");
        }
        if (file.segments().stream().anyMatch(segment -> segment.marker() == 0xdc)) {
            throw new UnsupportedVariant("unsupported JPEG variant: its height stands in a DNL marker");
        }
        return switch (frame.components()) {
            case 1, 3 -> ofStock(file, header, deadline);
            case 4 ->
                Decoded.plain(fourComponents(bytes, file, deadline), header.orientation())
                        .withMetadata(file.metadata());
            default ->
                throw new UnsupportedVariant("unsupported JPEG variant: " + frame.components() + " colour components");
        };
    }

    private static Decoded ofStock(JpegFile file, ImageHeader header, Deadline deadline) {
        int components = file.frame().components();
        byte[] transform = components == 1 || isYcc(file) ? JpegSegments.jfif() : JpegSegments.adobe(0);
        byte[] bare = file.rewritten(segment -> segment.marker() < 0xe0 || segment.marker() == 0xff, transform);
        Picture picture = BufferedPictures.picture(Reading.read(Plugins.jpeg(), bare, 0, deadline));
        return new Decoded(
                picture,
                IccProfile.kept(file.icc(), picture instanceof Picture.Grey ? 1 : 3),
                file.metadata(),
                header.orientation(),
                quantisation(file),
                new byte[0]);
    }

    /// How libjpeg decides: JFIF says YCbCr, then Adobe's marker counts, then the component ids.
    private static boolean isYcc(JpegFile file) {
        if (file.hasJfif()) {
            return true;
        }
        Optional<Integer> adobe = file.adobeTransform();
        if (adobe.isPresent()) {
            return adobe.get() != 0;
        }
        return !Arrays.equals(file.frame().ids(), new int[] {'R', 'G', 'B'});
    }

    private static int[][] quantisation(JpegFile file) {
        int[][] tables = file.quantTables();
        int[] used = file.frame().tables();
        return Arrays.stream(used)
                .limit(2)
                .mapToObj(id -> id < 4 ? tables[id] : new int[0])
                .toArray(int[][]::new);
    }

    /// A profile that can't be used makes the reader throw; without it the usual inks are assumed.
    private static Picture fourComponents(byte[] bytes, JpegFile file, Deadline deadline) throws IOException {
        try {
            return BufferedPictures.picture(Reading.read(Plugins.oddJpeg(), bytes, 0, deadline));
        } catch (HalftoneException e) {
            if (e.failure().code() != FailureCode.CORRUPT_IMAGE || file.icc().isEmpty()) {
                throw e;
            }
            byte[] bare = file.rewritten(segment -> segment.marker() != 0xe2, new byte[0]);
            return BufferedPictures.picture(Reading.read(Plugins.oddJpeg(), bare, 0, deadline));
        }
    }

    private static String process(int marker) {
        return switch (marker) {
            case 0xc3 -> "lossless";
            case 0xc9, 0xca -> "arithmetic coding";
            case 0xc0, 0xc1, 0xc2 -> "Huffman coding";
            default -> "process SOF" + (marker - 0xc0);
        };
    }
}
