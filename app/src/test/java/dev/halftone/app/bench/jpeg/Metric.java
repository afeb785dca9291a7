package dev.halftone.app.bench.jpeg;

import dev.halftone.adapters.imaging.similarity.MultiScaleSsim;
import dev.halftone.adapters.imaging.similarity.Ssim;
import dev.halftone.adapters.imaging.similarity.Ssimulacra2;

/// The similarities that bytes are set against.
enum Metric {
    SSIM("SSIM", 4) {
        @Override
        double of(Pixels reference, Pixels distorted) {
            return Ssim.of(reference.luma(), distorted.luma());
        }
    },
    MS_SSIM("MS-SSIM", 4) {
        @Override
        double of(Pixels reference, Pixels distorted) {
            return MultiScaleSsim.of(reference.luma(), distorted.luma());
        }
    },
    SSIMULACRA2("SSIMULACRA 2", 1) {
        @Override
        double of(Pixels reference, Pixels distorted) {
            return Ssimulacra2.of(reference.rgb(), distorted.rgb());
        }
    };

    private final String title;
    private final int digits;

    Metric(String title, int digits) {
        this.title = title;
        this.digits = digits;
    }

    String title() {
        return title;
    }

    /// Decimals worth printing.
    int digits() {
        return digits;
    }

    abstract double of(Pixels reference, Pixels distorted);
}
