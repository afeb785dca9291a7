package dev.halftone.adapters.imaging.steps.mark;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The outlines of a TrueType font (ISO/IEC 14496-22, tables `cmap`, `glyf`, `head`, `hhea`, `hmtx`, `loca`), read
/// without AWT: its fonts need native libraries and a font configuration that slim machines do not have. Lengths are
/// in ems, downwards. For fonts of the project's own; a damaged one is not a case. Thread-safe.
final class TrueTypeFont {
    private static final int WORDS = 1;
    private static final int OFFSETS = 2;
    private static final int ONE_SCALE = 8;
    private static final int MORE = 32;
    private static final int TWO_SCALES = 64;
    private static final int MATRIX = 128;

    private final Map<String, ByteBuffer> tables = new HashMap<>();
    private final ByteBuffer characters;
    private final double unit;

    TrueTypeFont(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        for (int i = 0; i < file.getShort(4); i++) {
            int at = 12 + 16 * i;
            String name = new String(bytes, at, 4, StandardCharsets.US_ASCII);
            tables.put(name, file.slice(file.getInt(at + 8), file.getInt(at + 12)));
        }
        this.unit = 1.0 / u16(table("head"), 18);
        this.characters = unicode(table("cmap"));
    }

    private ByteBuffer table(String name) {
        return Objects.requireNonNull(tables.get(name), name);
    }

    private static int u16(ByteBuffer table, int at) {
        return table.getShort(at) & 0xffff;
    }

    private static ByteBuffer unicode(ByteBuffer cmap) {
        for (int i = 0; i < u16(cmap, 2); i++) {
            int at = cmap.getInt(8 + 8 * i);
            if (u16(cmap, at) == 4) {
                return cmap.slice(at, u16(cmap, at + 2));
            }
        }
        throw new IllegalArgumentException("the font has no map of format 4");
    }

    double ascent() {
        return table("hhea").getShort(4) * unit;
    }

    /// From one baseline to the next.
    double height() {
        ByteBuffer hhea = table("hhea");
        return (hhea.getShort(4) - hhea.getShort(6) + hhea.getShort(8)) * unit;
    }

    /// @return 0 for a character that the font lacks
    int glyph(int character) {
        int doubled = u16(characters, 6);
        for (int at = 14; at < 14 + doubled && character <= 0xffff; at += 2) {
            if (u16(characters, at) < character) {
                continue;
            }
            int start = u16(characters, at + doubled + 2);
            if (character < start) {
                return 0;
            }
            int delta = u16(characters, at + 2 * doubled + 2);
            int place = at + 3 * doubled + 2;
            int range = u16(characters, place);
            if (range == 0) {
                return character + delta & 0xffff;
            }
            int glyph = u16(characters, place + range + 2 * (character - start));
            return glyph == 0 ? 0 : glyph + delta & 0xffff;
        }
        return 0;
    }

    double advance(int glyph) {
        int last = u16(table("hhea"), 34) - 1;
        return u16(table("hmtx"), 4 * Math.min(glyph, last)) * unit;
    }

    Path2D outline(int glyph) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        add(glyph, path, AffineTransform.getScaleInstance(unit, -unit));
        return path;
    }

    private void add(int glyph, Path2D path, AffineTransform transform) {
        boolean longs = table("head").getShort(50) == 1;
        ByteBuffer loca = table("loca");
        int from = longs ? loca.getInt(4 * glyph) : 2 * u16(loca, 2 * glyph);
        int to = longs ? loca.getInt(4 * glyph + 4) : 2 * u16(loca, 2 * glyph + 2);
        if (from == to) {
            return;
        }
        ByteBuffer data = table("glyf").slice(from, to - from);
        int contours = data.getShort(0);
        data.position(10);
        if (contours >= 0) {
            path.append(Contours.read(data, contours).getPathIterator(transform), false);
        } else {
            parts(data, path, transform);
        }
    }

    private void parts(ByteBuffer data, Path2D path, AffineTransform transform) {
        int flags;
        do {
            flags = data.getShort();
            int glyph = data.getShort() & 0xffff;
            double dx = (flags & WORDS) != 0 ? data.getShort() : data.get();
            double dy = (flags & WORDS) != 0 ? data.getShort() : data.get();
            boolean moved = (flags & OFFSETS) != 0;
            double[] matrix = {1, 0, 0, 1, moved ? dx : 0, moved ? dy : 0};
            if ((flags & ONE_SCALE) != 0) {
                matrix[0] = matrix[3] = data.getShort() / 16384.0;
            } else if ((flags & TWO_SCALES) != 0) {
                matrix[0] = data.getShort() / 16384.0;
                matrix[3] = data.getShort() / 16384.0;
            } else if ((flags & MATRIX) != 0) {
                for (int i = 0; i < 4; i++) {
                    matrix[i] = data.getShort() / 16384.0;
                }
            }
            AffineTransform part = new AffineTransform(transform);
            part.concatenate(new AffineTransform(matrix));
            add(glyph, path, part);
        } while ((flags & MORE) != 0);
    }
}
