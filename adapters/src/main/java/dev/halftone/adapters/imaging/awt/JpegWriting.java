package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/// Writes JPEG: the IJG's tables, chroma at half the resolution both ways, Huffman tables made for the picture.
final class JpegWriting {
    private JpegWriting() {}

    /// @param source quantisation tables of the source where its blocks are kept in place, else none
    static byte[] write(Picture picture, int quality, int[][] source, Optional<byte[]> icc, Metadata metadata)
            throws IOException {
        BufferedImage image = BufferedPictures.opaque(picture.onWhite());
        JPEGImageWriteParam parameters = new JPEGImageWriteParam(null);
        parameters.setOptimizeHuffmanTables(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.jpegWriter();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata header = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
            setTables(
                    header,
                    IjgTables.scaled(IjgTables.LUMINANCE, quality, table(source, 0)),
                    IjgTables.scaled(IjgTables.CHROMINANCE, quality, table(source, 1)));
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, header), parameters);
            out.flush();
        } finally {
            writer.dispose();
        }
        byte[] segments = JpegSegments.of(icc, metadata);
        return segments.length == 0
                ? bytes.toByteArray()
                : JpegFile.parse(bytes.toByteArray()).rewritten(segment -> true, segments);
    }

    /// Replaces the quantisation tables of the header that is about to be written.
    private static void setTables(IIOMetadata header, int[]... tables) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) header.getAsTree(header.getNativeMetadataFormatName());
        NodeList nodes = root.getElementsByTagName("dqtable");
        for (int i = 0; i < nodes.getLength(); i++) {
            IIOMetadataNode node = (IIOMetadataNode) nodes.item(i);
            int id = Integer.parseInt(node.getAttribute("qtableId"));
            node.setUserObject(new JPEGQTable(tables[id]));
        }
        header.setFromTree(header.getNativeMetadataFormatName(), root);
    }

    private static int[] table(int[][] source, int index) {
        return index < source.length ? source[index] : new int[0];
    }
}
