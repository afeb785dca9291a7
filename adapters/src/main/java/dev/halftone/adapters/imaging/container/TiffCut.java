package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.pipeline.MetadataPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Takes descriptive tags out of a TIFF's directories, in place: the entry goes, its value is overwritten
/// with zeros, all else stays where its offsets say.
final class TiffCut {
    private static final int EXIF_DIRECTORY = 34665;
    private static final int GPS_DIRECTORY = 34853;
    private static final Set<Integer> DIRECTORIES = Set.of(EXIF_DIRECTORY, GPS_DIRECTORY, 40965);
    private static final Set<Integer> COPYRIGHT = Set.of(315, 33432);

    /// Document name, description, make, model, page name, software, date, artist, host.
    private static final Set<Integer> DESCRIPTIVE = Set.of(269, 270, 271, 272, 285, 305, 306, 315, 316);

    /// Private tags that decoders need: SGI's sample formats, the colour profile, old-style fax parameters.
    private static final Set<Integer> PRIVATE_PICTURE = Set.of(32995, 32996, 32997, 32998, 34675, 34908, 34909, 34910);

    private TiffCut() {}

    static byte[] cut(TiffFile file, MetadataPolicy policy) {
        byte[] out = file.view().bytes().clone();
        for (List<TiffFile.Entry> page : file.pages()) {
            List<TiffFile.Entry> dropped = page.stream()
                    .filter(entry -> isDropped(entry.tag(), policy))
                    .toList();
            if (!dropped.isEmpty()) {
                dropped.forEach(entry -> blank(file, out, entry, 0));
                closeRanks(file, out, page, dropped);
            }
        }
        return out;
    }

    private static boolean isDropped(int tag, MetadataPolicy policy) {
        if (policy == MetadataPolicy.COPYRIGHT && COPYRIGHT.contains(tag)) {
            return false;
        }
        return DESCRIPTIVE.contains(tag) || tag == 700 || tag >= 32768 && !PRIVATE_PICTURE.contains(tag);
    }

    /// Overwrites the value of an entry, and for a directory everything in it.
    private static void blank(TiffFile file, byte[] out, TiffFile.Entry entry, int depth) {
        if (DIRECTORIES.contains(entry.tag()) && depth < 2) {
            long at = new ByteView(file.view().bytes(), file.view().littleEndian()).u32(entry.value());
            List<TiffFile.Entry> inner = new ArrayList<>();
            try {
                TiffFile.directory(file.view(), file.isBig(), at, inner);
            } catch (HalftoneException damaged) {
                return;
            }
            for (TiffFile.Entry one : inner) {
                blank(file, out, one, depth + 1);
                zero(out, one.at(), file.isBig() ? 20 : 12);
            }
        }
        zero(out, entry.value(), entry.bytes());
    }

    private static void zero(byte[] out, long at, long length) {
        if (at >= 8 && length >= 0 && length <= out.length && at <= out.length - length) {
            Arrays.fill(out, (int) at, (int) (at + length), (byte) 0);
        }
    }

    /// Moves the remaining entries and the link to the next page up over the dropped ones.
    private static void closeRanks(TiffFile file, byte[] out, List<TiffFile.Entry> page, List<TiffFile.Entry> dropped) {
        int size = file.isBig() ? 20 : 12;
        int link = file.isBig() ? 8 : 4;
        int first = (int) page.getFirst().at();
        int end = first + size * page.size();
        byte[] packed = new byte[size * page.size() + link];
        int at = 0;
        for (TiffFile.Entry entry : page) {
            if (!dropped.contains(entry)) {
                System.arraycopy(file.view().bytes(), (int) entry.at(), packed, at, size);
                at += size;
            }
        }
        System.arraycopy(out, end, packed, at, Math.min(link, out.length - end));
        System.arraycopy(packed, 0, out, first, Math.min(packed.length, out.length - first));
        int count = page.size() - dropped.size();
        // Both count fields end in the same two bytes where the file is big-endian, begin with them
        // otherwise.
        int field = file.view().littleEndian() ? first - (file.isBig() ? 8 : 2) : first - 2;
        out[field] = (byte) (file.view().littleEndian() ? count : count >> 8);
        out[field + 1] = (byte) (file.view().littleEndian() ? count >> 8 : count);
    }
}
