package dev.halftone.adapters.imaging.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How samples from 0 to 1 become what a model was trained on: less a mean, divided by a deviation, for each of
/// red, green and blue.
public enum InputScale {
    /// The statistics of ImageNet's photos: U²-Net and most others.
    IMAGENET(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}),
    /// From -0.5 to 0.5: IS-Net and its relatives.
    HALF(new float[] {0.5f, 0.5f, 0.5f}, new float[] {1, 1, 1}),
    /// From -1 to 1: MODNet.
    SYMMETRIC(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.5f, 0.5f, 0.5f}),
    /// From 0 to 1, as they are.
    UNIT(new float[] {0, 0, 0}, new float[] {1, 1, 1});

    private final float[] mean;
    private final float[] deviation;

    @SuppressWarnings("ImmutableEnumChecker")
    InputScale(float[] mean, float[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /// The name that settings use.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<InputScale> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(scale -> scale.wire().equals(wire))
                .findFirst();
    }

    /// @param channel 0 red, 1 green, 2 blue
    /// @param sample 0 to 255
    float of(int channel, int sample) {
        return (sample / 255f - mean[channel]) / deviation[channel];
    }
}
