package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOWriteProgressListener;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// Encodes JPEG with the IJG's tables, 4:2:0 and optimised Huffman codes. Sequential unless asked: at the usual
/// qualities the JDK's progressive script is as often larger as smaller, and slower.
final class JpegEncoder {
    private static final String NATIVE = "javax_imageio_jpeg_image_1.0";

    private JpegEncoder() {}

    /// The steps to quantise with, in natural order.
    @SuppressWarnings("ArrayRecordComponent")
    record Tables(int[] luminance, int[] chrominance) {

        static Tables of(double quality) {
            return new Tables(IjgTables.luminance(quality), IjgTables.chrominance(quality));
        }

        /// Never finer than what the source was quantised with: finer steps would only store its old
        /// rounding errors.
        Tables overSource(JpegFile source) {
            int[][] tables = source.quantTables();
            int[] used = source.frame().tables();
            int[] chroma = used.length < 3 || used[1] != used[2] ? new int[0] : tables[used[1] & 3];
            return new Tables(
                    IjgTables.coarser(luminance, tables[used[0] & 3]), IjgTables.coarser(chrominance, chroma));
        }
    }

    /// @param fullColour chroma at full size (4:4:4) rather than 4:2:0
    /// @param progressive in the JDK's script of scans
    record Style(boolean fullColour, boolean progressive) {}

    /// @param picture without alpha
    /// @param segments whole application segments that go after the JFIF header
    static byte[] encode(Picture picture, Tables tables, Style style, byte[] segments, Deadline deadline)
            throws IOException {
        BufferedImage image = Samples.imageOf(picture);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.jpegWriter();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
            param.setOptimizeHuffmanTables(true);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
            if (style.progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            adapt(metadata, tables, style);
            writer.addIIOWriteProgressListener(new Stop(deadline));
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), param);
            deadline.check();
        } finally {
            writer.dispose();
        }
        byte[] encoded = out.toByteArray();
        return segments.length == 0 ? encoded : JpegFile.parse(encoded).rewritten(segment -> true, segments);
    }

    private static void adapt(IIOMetadata metadata, Tables tables, Style style) throws IOException {
        Node root = metadata.getAsTree(NATIVE);
        NodeList found = ((IIOMetadataNode) root).getElementsByTagName("dqtable");
        for (int i = 0; i < found.getLength(); i++) {
            IIOMetadataNode node = (IIOMetadataNode) found.item(i);
            boolean luminance = node.getAttribute("qtableId").equals("0");
            node.setUserObject(new JPEGQTable(luminance ? tables.luminance : tables.chrominance));
        }
        NodeList components = ((IIOMetadataNode) root).getElementsByTagName("componentSpec");
        for (int i = 0; style.fullColour && i < components.getLength(); i++) {
            IIOMetadataNode node = (IIOMetadataNode) components.item(i);
            node.setAttribute("HsamplingFactor", "1");
            node.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(NATIVE, root);
    }

    private record Stop(Deadline deadline) implements IIOWriteProgressListener {
        @Override
        public void imageProgress(ImageWriter source, float percentageDone) {
            if (deadline.hasPassed()) {
                source.abort();
            }
        }

        @Override
        public void imageStarted(ImageWriter source, int imageIndex) {}

        @Override
        public void imageComplete(ImageWriter source) {}

        @Override
        public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageWriter source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageWriter source) {}

        @Override
        public void writeAborted(ImageWriter source) {}
    }
}
