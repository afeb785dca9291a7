package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.WatermarksContract;
import dev.halftone.domain.engine.ImageEngine;

class AwtWatermarksTest extends WatermarksContract {
    @Override
    protected ImageEngine engine() {
        return new AwtEngine();
    }
}
