package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.util.ArrayList;
import java.util.List;

/// The coefficients of a picture that are not zero, by component; made from whole planes, or from the tokens
/// of a sequential scan, which saves having planes at all. Reused from picture to picture. Not thread-safe.
public final class SparsePicture {
    private final List<SparsePlane> planes = new ArrayList<>();
    private Frame frame = new Frame(false, 0, 0, 1, 1, List.of());

    public Frame frame() {
        return frame;
    }

    public SparsePlane plane(int component) {
        return planes.get(component);
    }

    public void read(Frame picture, Coefficients coefficients) {
        reset(picture);
        for (FrameComponent component : picture.components()) {
            short[] dcs = coefficients.dc(component);
            short[] from = coefficients.plane(component);
            SparsePlane plane = planes.get(component.index());
            int block = 0;
            for (int y = 0; y < component.blocksHigh(); y++) {
                for (int x = 0; x < component.blocksWide(); x++) {
                    int number = y * component.storedWide() + x;
                    int at = number * 64;
                    plane.begin(block++, dcs[number]);
                    for (int k = 1; k < 64; k++) {
                        int value = from[at + k];
                        if (value != 0) {
                            plane.add(k, value);
                        }
                    }
                    plane.end();
                }
            }
        }
    }

    /// @param tokens of the picture's one sequential scan, without restart intervals
    public void read(Frame picture, Tokens tokens) {
        reset(picture);
        new TokenReader(tokens.array()).read();
    }

    private void reset(Frame picture) {
        frame = picture;
        for (FrameComponent component : picture.components()) {
            if (planes.size() <= component.index()) {
                planes.add(new SparsePlane());
            }
            planes.get(component.index()).reset(component);
        }
    }

    /// Walks the blocks of a sequential scan in their order (T.81 A.2) and undoes its DC prediction.
    private final class TokenReader {
        private final int[] tokens;
        private final int[] last = new int[4];
        private int next;

        TokenReader(int[] tokens) {
            this.tokens = tokens;
        }

        void read() {
            boolean single = frame.components().size() == 1;
            FrameComponent first = frame.components().getFirst();
            int mcusWide = single ? first.blocksWide() : frame.mcusWide();
            int mcusHigh = single ? first.blocksHigh() : frame.mcusHigh();
            for (int row = 0; row < mcusHigh; row++) {
                for (int column = 0; column < mcusWide; column++) {
                    for (FrameComponent component : frame.components()) {
                        int across = single ? 1 : component.horizontal();
                        int down = single ? 1 : component.vertical();
                        for (int i = 0; i < across * down; i++) {
                            block(component, column * across + i % across, row * down + i / across);
                        }
                    }
                }
            }
        }

        private void block(FrameComponent component, int x, int y) {
            last[component.index()] += value(tokens[next++]);
            if (x >= component.blocksWide() || y >= component.blocksHigh()) {
                skip();
                return;
            }
            SparsePlane plane = planes.get(component.index());
            plane.begin(y * component.blocksWide() + x, last[component.index()]);
            for (int k = 1; k < 64; k++) {
                int token = tokens[next++];
                int symbol = token >>> 20 & 0xff;
                if (symbol == 0) {
                    break;
                }
                k += symbol >> 4;
                if (symbol != 0xF0) {
                    plane.add(k, value(token));
                }
            }
            plane.end();
        }

        private void skip() {
            for (int k = 1; k < 64; k++) {
                int symbol = tokens[next++] >>> 20 & 0xff;
                if (symbol == 0) {
                    return;
                }
                k += symbol >> 4;
            }
        }

        /// The value of a token's additional bits (T.81 F.1.2.1.1).
        private static int value(int token) {
            int size = token >>> 20 & 15;
            int bits = token & 0xFFFF;
            return size == 0 || bits >> size - 1 != 0 ? bits : bits - (1 << size) + 1;
        }
    }
}
