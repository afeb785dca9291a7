package dev.halftone.app.bench.jpeg;

import dev.halftone.adapters.imaging.similarity.Luma;
import dev.halftone.adapters.imaging.similarity.Rgb;
import dev.halftone.app.bench.jpeg.side.ImageIoSide;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;

/// A decoded JPEG, every side's by the same decoder, in the forms that metrics take.
record Pixels(Rgb rgb, Luma luma) {

    /// @throws IOException when it is neither grey nor colour in sRGB, whose samples alone can be compared as
    ///                     they are
    static Pixels of(byte[] file) throws IOException {
        BufferedImage image = ImageIoSide.decode(file);
        int bands = image.getRaster().getNumBands();
        if (bands != 1 && bands != 3) {
            throw new IOException("it decodes to " + bands + " channels");
        }
        if (bands == 3 && !isSrgb(image.getColorModel().getColorSpace())) {
            throw new IOException("its profile is not sRGB");
        }
        Rgb rgb = new Rgb(image.getWidth(), image.getHeight(), samples(image.getRaster(), bands));
        return new Pixels(rgb, Luma.of(rgb));
    }

    /// The samples themselves: conversion would go through the profile, which the outputs need not carry.
    private static int[] samples(Raster raster, int bands) {
        int width = raster.getWidth();
        int[] packed = new int[width * raster.getHeight()];
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                packed[y * width + x] =
                        bands == 1 ? row[x] * 0x010101 : row[3 * x] << 16 | row[3 * x + 1] << 8 | row[3 * x + 2];
            }
        }
        return packed;
    }

    private static boolean isSrgb(ColorSpace space) {
        float[] colour = {0.8f, 0.3f, 0.1f};
        float[] shown = space.toRGB(colour);
        for (int i = 0; i < colour.length; i++) {
            if (Math.abs(colour[i] - shown[i]) > 0.01f) {
                return false;
            }
        }
        return true;
    }
}
