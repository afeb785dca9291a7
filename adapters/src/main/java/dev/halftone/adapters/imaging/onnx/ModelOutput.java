package dev.halftone.adapters.imaging.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.TensorInfo;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Reads a matte from what a model gives: the first map of its first output. Values from 0 to 1 are taken as
/// they are; where some are negative they are logits, and the logistic function is applied; where some are over
/// 1 and none negative the largest counts as 1.
final class ModelOutput {
    /// Rounding of a sigmoid's end.
    private static final float SLACK = 1e-3f;

    private ModelOutput() {}

    /// @throws ModelUnusable when it is no map, or holds something else than numbers
    static Picture.Grey matte(String name, OnnxValue output) {
        if (!(output instanceof OnnxTensor tensor && output.getInfo() instanceof TensorInfo info)) {
            throw new ModelUnusable("its first output " + name + " is no tensor");
        }
        long[] shape = info.getShape();
        int sides = shape.length;
        if (info.type != OnnxJavaType.FLOAT || sides < 2 || shape[sides - 1] < 2 || shape[sides - 2] < 2) {
            throw new ModelUnusable("its first output " + name + " is " + info.type + Arrays.toString(shape)
                    + "; a map is expected, as FLOAT[1, 1, height, width]");
        }
        int height = Math.toIntExact(shape[sides - 2]);
        int width = Math.toIntExact(shape[sides - 1]);
        float[] values = new float[Math.multiplyExact(width, height)];
        FloatBuffer all = tensor.getFloatBuffer();
        all.get(values);
        return new Picture.Grey(width, height, samples(name, values));
    }

    private static byte[] samples(String name, float[] values) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelUnusable("its first output " + name + " holds " + value);
            }
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        boolean logits = least < -SLACK;
        float one = most > 1 + SLACK ? most : 1;
        byte[] samples = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            double share = logits ? 1 / (1 + Math.exp(-values[i])) : values[i] / one;
            samples[i] = (byte) Math.round(255 * Math.clamp(share, 0, 1));
        }
        return samples;
    }
}
