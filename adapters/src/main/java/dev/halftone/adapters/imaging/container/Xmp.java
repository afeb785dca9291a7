package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/// XMP packets, as far as Halftone looks into them: never parsed as XML, so no entity is ever resolved.
final class Xmp {
    private static final Pattern ORIENTATION =
            Pattern.compile("(tiff:Orientation\\s*(?:=\\s*[\"']|>\\s*))[2-8](?=\\s*[\"'<])");

    private Xmp() {}

    /// The packet with its orientation, where it names one, set to 1.
    static byte[] upright(byte[] packet) {
        return ORIENTATION
                .matcher(new String(packet, ISO_8859_1))
                .replaceAll("$1" + "1")
                .getBytes(ISO_8859_1);
    }
}
