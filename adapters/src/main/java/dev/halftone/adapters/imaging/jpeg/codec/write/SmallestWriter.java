package dev.halftone.adapters.imaging.jpeg.codec.write;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScriptSearch;
import dev.halftone.adapters.imaging.jpeg.codec.scans.SparsePicture;
import java.util.List;

/// Writes the same coefficients in the fewest bytes: progressive with a script found for the picture, or
/// baseline where headers of several scans cost more than they save. Keeps its buffers from picture to picture.
/// Not thread-safe.
public final class SmallestWriter {
    private final FileWriter baseline;
    private final ProgressiveWriter progressive;
    private final ScanScriptSearch search;
    private final SparsePicture picture = new SparsePicture();

    public SmallestWriter(BitWriter out, ScanScriptSearch search) {
        baseline = new FileWriter(out);
        progressive = new ProgressiveWriter(out);
        this.search = search;
    }

    /// @param segments whole marker segments that go right after SOI: application data and comments
    /// @param tables quantisation table of each component
    /// @param tokens of one sequential scan without restart intervals
    public byte[] write(byte[] segments, Frame frame, List<QuantTable> tables, Tokens tokens) {
        picture.read(frame, tokens);
        byte[] several = progressive.write(segments, tables, picture, search.best(picture));
        if (FileWriter.bits(frame, tokens) / 8 >= several.length) {
            return several;
        }
        byte[] one = baseline.write(segments, frame, tables, tokens);
        return one.length <= several.length ? one : several;
    }
}
