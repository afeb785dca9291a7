package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.ImageOperationsContract;
import dev.halftone.domain.engine.ImageEngine;

class AwtOperationsTest extends ImageOperationsContract {
    @Override
    protected ImageEngine engine() {
        return new AwtEngine();
    }
}
