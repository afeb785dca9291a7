package dev.halftone.adapters.imaging.jpeg.codec;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// The structure of a JPEG file as [StructureReader] found it.
///
/// @param bytes the whole file
/// @param tables quantisation table of each component of the frame, as it was at the component's first scan
/// @param segments application data and comments, in order
/// @param end offset after EOI; what follows is no part of the image
@SuppressWarnings("ArrayRecordComponent")
public record JpegStream(
        byte[] bytes, Frame frame, List<QuantTable> tables, List<Scan> scans, List<Segment> segments, int end) {

    /// Application data and comments as whole segments, in their order.
    public byte[] segmentBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Segment segment : segments) {
            out.write(bytes, segment.start() - 4, segment.length() + 4);
        }
        return out.toByteArray();
    }
}
