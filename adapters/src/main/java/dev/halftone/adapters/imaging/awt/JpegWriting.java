package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes JPEG: the IJG's tables, chroma at half the resolution both ways, Huffman tables made for the picture.
final class JpegWriting {
    private JpegWriting() {}

    /// @param source quantisation tables of the source where its blocks are kept in place, else none
    static byte[] write(Picture picture, int quality, int[][] source, Optional<byte[]> icc, Metadata metadata)
            throws IOException {
        Picture flat = picture.onWhite();
        JPEGImageWriteParam parameters = new JPEGImageWriteParam(null);
        JPEGQTable luminance = new JPEGQTable(IjgTables.scaled(IjgTables.LUMINANCE, quality, table(source, 0)));
        JPEGQTable chrominance = new JPEGQTable(IjgTables.scaled(IjgTables.CHROMINANCE, quality, table(source, 1)));
        parameters.setEncodeTables(
                new JPEGQTable[] {luminance, chrominance},
                new JPEGHuffmanTable[] {JPEGHuffmanTable.StdDCLuminance, JPEGHuffmanTable.StdDCChrominance},
                new JPEGHuffmanTable[] {JPEGHuffmanTable.StdACLuminance, JPEGHuffmanTable.StdACChrominance});
        parameters.setOptimizeHuffmanTables(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.jpegWriter();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(BufferedPictures.opaque(flat), null, null), parameters);
            out.flush();
        } finally {
            writer.dispose();
        }
        byte[] segments = JpegSegments.of(icc, metadata);
        return segments.length == 0
                ? bytes.toByteArray()
                : JpegFile.parse(bytes.toByteArray()).rewritten(segment -> true, segments);
    }

    private static int[] table(int[][] source, int index) {
        return index < source.length ? source[index] : new int[0];
    }
}
