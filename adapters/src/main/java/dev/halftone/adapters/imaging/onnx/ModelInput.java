package dev.halftone.adapters.imaging.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.shape.ResizeStep;
import dev.halftone.domain.image.PixelSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/// What a model takes: one batch of one picture, red, green and blue planes one after the other.
///
/// @param name of the input
/// @param size that the picture is brought to, its shape not kept
record ModelInput(String name, PixelSize size) {
    /// Where the model leaves it open; U²-Net and many after it were trained on this.
    private static final int USUAL_SIDE = 320;

    /// More takes minutes on a processor.
    private static final int LONGEST_SIDE = 2_048;

    /// @throws ModelUnusable when it takes anything else
    static ModelInput of(Map<String, NodeInfo> inputs) {
        if (inputs.size() != 1) {
            throw new ModelUnusable("it has " + inputs.size() + " inputs " + inputs.keySet()
                    + "; one is expected, a picture as float[1,3,height,width]");
        }
        NodeInfo input = inputs.values().iterator().next();
        if (!(input.getInfo() instanceof TensorInfo tensor)) {
            throw new ModelUnusable("its input " + input.getName() + " is no tensor");
        }
        long[] shape = tensor.getShape();
        boolean fits = tensor.type == OnnxJavaType.FLOAT
                && shape.length == 4
                && (shape[0] == 1 || shape[0] < 0)
                && (shape[1] == 3 || shape[1] < 0)
                && shape[2] <= LONGEST_SIDE
                && shape[3] <= LONGEST_SIDE;
        if (!fits) {
            throw new ModelUnusable("its input " + input.getName() + " is " + tensor.type + Arrays.toString(shape)
                    + "; FLOAT[1, 3, height, width] is expected, with sides up to " + LONGEST_SIDE + " (-1 is open)");
        }
        return new ModelInput(input.getName(), new PixelSize(side(shape[3]), side(shape[2])));
    }

    private static int side(long length) {
        return length > 0 ? (int) length : USUAL_SIDE;
    }

    /// The picture as the model takes it, what is clear on white.
    OnnxTensor tensor(OrtEnvironment environment, Picture.Colour picture, InputScale scale, Deadline deadline)
            throws OrtException {
        int[] argb = ResizeStep.to(picture, size, deadline).onWhite().asColour().argb();
        FloatBuffer planes = ByteBuffer.allocateDirect(3 * argb.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int channel = 0; channel < 3; channel++) {
            for (int pixel : argb) {
                planes.put(scale.of(channel, pixel >> 16 - 8 * channel & 255));
            }
        }
        return OnnxTensor.createTensor(environment, planes.rewind(), new long[] {1, 3, size.height(), size.width()});
    }
}
