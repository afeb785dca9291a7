package dev.halftone.adapters.imaging.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes small models as ONNX files: the messages of onnx.proto, by hand.
final class OnnxFile {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int BOOL = 9;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_GRAPH = 5;
    private static final int ATTRIBUTE_INTS = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxFile() {}

    private OnnxFile varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    private OnnxFile number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    private OnnxFile block(int field, byte[] content) {
        varint((long) field << 3 | 2).varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private OnnxFile text(int field, String text) {
        return block(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] done() {
        return bytes.toByteArray();
    }

    // --- ModelProto and GraphProto

    /// @param parts of the graph, see [#node], [#input], [#output] and [#constant]
    static byte[] model(List<byte[]> parts) {
        byte[] operators = new OnnxFile().text(1, "").number(2, 13).done();
        return new OnnxFile()
                .number(1, 8)
                .block(8, operators)
                .block(7, graph(parts))
                .done();
    }

    static byte[] graph(List<byte[]> parts) {
        OnnxFile graph = new OnnxFile().text(2, "g");
        parts.forEach(graph.bytes::writeBytes);
        return graph.done();
    }

    static byte[] node(String operator, List<String> from, List<String> to, byte[]... attributes) {
        OnnxFile node = new OnnxFile();
        from.forEach(name -> node.text(1, name));
        to.forEach(name -> node.text(2, name));
        node.text(4, operator);
        for (byte[] attribute : attributes) {
            node.block(5, attribute);
        }
        return new OnnxFile().block(1, node.done()).done();
    }

    /// @param shape -1 for an open side
    static byte[] input(String name, int type, long... shape) {
        return new OnnxFile().block(11, value(name, type, shape)).done();
    }

    static byte[] output(String name, int type, long... shape) {
        return new OnnxFile().block(12, value(name, type, shape)).done();
    }

    private static byte[] value(String name, int type, long... shape) {
        OnnxFile sides = new OnnxFile();
        for (int i = 0; i < shape.length; i++) {
            OnnxFile side = new OnnxFile();
            sides.block(1, (shape[i] < 0 ? side.text(2, name + i) : side.number(1, shape[i])).done());
        }
        byte[] tensor = new OnnxFile().number(1, type).block(2, sides.done()).done();
        return new OnnxFile()
                .text(1, name)
                .block(2, new OnnxFile().block(1, tensor).done())
                .done();
    }

    /// A single number.
    static byte[] constant(String name, float value) {
        byte[] raw = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
        byte[] tensor =
                new OnnxFile().number(2, FLOAT).text(8, name).block(9, raw).done();
        return new OnnxFile().block(5, tensor).done();
    }

    static byte[] constant(String name, boolean value) {
        byte[] tensor = new OnnxFile()
                .number(2, BOOL)
                .text(8, name)
                .block(9, new byte[] {(byte) (value ? 1 : 0)})
                .done();
        return new OnnxFile().block(5, tensor).done();
    }

    // --- AttributeProto

    static byte[] attribute(String name, long value) {
        return new OnnxFile()
                .text(1, name)
                .number(3, value)
                .number(20, ATTRIBUTE_INT)
                .done();
    }

    static byte[] attribute(String name, long[] values) {
        OnnxFile attribute = new OnnxFile().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, ATTRIBUTE_INTS).done();
    }

    static byte[] attribute(String name, byte[] graph) {
        return new OnnxFile()
                .text(1, name)
                .block(6, graph)
                .number(20, ATTRIBUTE_GRAPH)
                .done();
    }
}
