package dev.halftone.adapters.csv.planted;

import java.awt.image.BufferedImage;

/// Breaks the rule that a technology stays in its adapter.
public final class UsesATechnologyOfAnother {
    public BufferedImage picture() {
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    }
}
