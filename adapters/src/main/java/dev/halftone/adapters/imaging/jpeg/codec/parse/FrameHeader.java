package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// Reads a frame header (T.81 B.2.2) and checks it against what the codec implements.
public final class FrameHeader {
    private FrameHeader() {}

    public static Frame read(byte[] file, int marker, int start, int length, long maxPixels) {
        if (length < 6) {
            throw RefusedException.damaged(marker, start, "6 bytes and more of data", length);
        }
        int precision = file[start] & 0xff;
        int height = u16(file, start + 1);
        int width = u16(file, start + 3);
        int count = file[start + 5] & 0xff;
        if (precision != 8) {
            throw RefusedException.unsupported(marker, start, "samples of 8 bits", precision + " bits");
        }
        if (width == 0) {
            throw RefusedException.damaged(marker, start + 3, "a width of 1 and more", 0);
        }
        if (height == 0) {
            throw RefusedException.unsupported(
                    marker, start + 1, "a height in the frame header", "0 (a DNL marker gives it)");
        }
        if ((long) width * height > maxPixels) {
            throw RefusedException.unsupported(
                    marker, start + 1, "at most " + maxPixels + " pixels", width + "x" + height);
        }
        if (count < 1 || count > 4) {
            throw RefusedException.unsupported(marker, start + 5, "1 to 4 components", count);
        }
        if (length != 6 + 3 * count) {
            throw RefusedException.damaged(marker, start, 6 + 3 * count + " bytes of data", length);
        }
        int maxHorizontal = 1;
        int maxVertical = 1;
        for (int i = 0; i < count; i++) {
            int at = start + 6 + 3 * i;
            int horizontal = (file[at + 1] & 0xff) >> 4;
            int vertical = file[at + 1] & 15;
            int table = file[at + 2] & 0xff;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
                throw RefusedException.damaged(
                        marker, at + 1, "sampling factors of 1 to 4", horizontal + "x" + vertical);
            }
            if (table > 3) {
                throw RefusedException.damaged(marker, at + 2, "a quantisation table of 0 to 3", table);
            }
            maxHorizontal = Math.max(maxHorizontal, horizontal);
            maxVertical = Math.max(maxVertical, vertical);
        }
        List<FrameComponent> components = new ArrayList<>();
        int blocksPerMcu = 0;
        for (int i = 0; i < count; i++) {
            int at = start + 6 + 3 * i;
            int horizontal = (file[at + 1] & 0xff) >> 4;
            int vertical = file[at + 1] & 15;
            int id = file[at] & 0xff;
            if (components.stream().anyMatch(before -> before.id() == id)) {
                throw RefusedException.damaged(marker, at, "an id for each component", "id " + id + " twice");
            }
            components.add(new FrameComponent(
                    i,
                    id,
                    horizontal,
                    vertical,
                    file[at + 2] & 0xff,
                    Frame.ceilDiv(Frame.ceilDiv(width * horizontal, maxHorizontal), 8),
                    Frame.ceilDiv(Frame.ceilDiv(height * vertical, maxVertical), 8),
                    Frame.ceilDiv(width, 8 * maxHorizontal) * horizontal,
                    Frame.ceilDiv(height, 8 * maxVertical) * vertical));
            blocksPerMcu += horizontal * vertical;
        }
        if (count > 1 && blocksPerMcu > 10) {
            throw RefusedException.unsupported(marker, start, "at most 10 blocks in an MCU (B.2.3)", blocksPerMcu);
        }
        return new Frame(marker == Markers.SOF2, width, height, maxHorizontal, maxVertical, List.copyOf(components));
    }

    private static int u16(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }
}
