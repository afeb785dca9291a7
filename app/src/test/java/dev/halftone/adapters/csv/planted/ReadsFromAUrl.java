package dev.halftone.adapters.csv.planted;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import javax.imageio.ImageIO;

/// Breaks the rule on java.net.URL without naming one.
public final class ReadsFromAUrl {
    public BufferedImage image() throws IOException {
        return ImageIO.read(URI.create("http://localhost/").toURL());
    }
}
