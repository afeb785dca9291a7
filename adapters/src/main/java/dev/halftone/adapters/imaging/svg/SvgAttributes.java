package dev.halftone.adapters.imaging.svg;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which attributes of one SVG stay. Keeps count of the pixels of the pictures inside it.
final class SvgAttributes {
    private static final Pattern PICTURE = Pattern.compile("(?si)(data:image/[a-z]+;base64,).*");

    private static final Pattern LENGTH = Pattern.compile("(?i)([0-9]{1,9}(?:\\.[0-9]{1,9})?)(px|in|cm|mm|pt|pc)");

    private static final Set<ImageFormat> PICTURES = Set.of(ImageFormat.PNG, ImageFormat.JPEG);

    private static final Set<String> POINTERS = Set.of("href", "src", "base", "data", "action", "formaction");

    private final ImageLimits limits;
    private long pixelsLeft;

    SvgAttributes(ImageLimits limits) {
        this.limits = limits;
        this.pixelsLeft = limits.maxPixels();
    }

    /// A length as CSS has it, 96 pixels an inch: renderers differ in what an inch is.
    private static String pixels(String length) {
        Matcher measured = LENGTH.matcher(length.strip());
        if (!measured.matches()) {
            return length;
        }
        double factor = switch (measured.group(2).toLowerCase(Locale.ROOT)) {
            case "in" -> 96;
            case "cm" -> 96 / 2.54;
            case "mm" -> 96 / 25.4;
            case "pt" -> 96 / 72.0;
            case "pc" -> 16;
            default -> 1;
        };
        return Double.toString(Double.parseDouble(measured.group(1)) * factor);
    }

    /// The value it goes on with; empty where it is left away.
    ///
    /// @param root whether the element is the drawing itself
    Optional<String> kept(String element, String prefix, String name, String value, boolean root) {
        boolean known = prefix.isEmpty() || prefix.equals("xlink") || prefix.equals("xml");
        String lower = name.toLowerCase(Locale.ROOT);
        if (!known || lower.startsWith("on") || reachesOut(value)) {
            return Optional.empty();
        }
        if (POINTERS.contains(lower) && !staysInside(element, value)) {
            return Optional.empty();
        }
        boolean size = root && (lower.equals("width") || lower.equals("height"));
        return Optional.of(size ? pixels(value) : value);
    }

    private boolean staysInside(String element, String value) {
        String target = value.strip();
        return target.startsWith("#")
                || (element.equals("image") || element.equals("feImage")) && isSmallPicture(target);
    }

    /// A picture inside the drawing is decoded by the drawing's library, which knows no limits of ours.
    private boolean isSmallPicture(String target) {
        Matcher data = PICTURE.matcher(target);
        if (!data.matches()) {
            return false;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(target.substring(data.end(1)));
            Optional<ImageHeader> header = ImageFormat.sniff(bytes)
                    .filter(PICTURES::contains)
                    .flatMap(format -> ImageHeader.read(new SourceImage(format, bytes), limits));
            pixelsLeft -= header.map(found -> found.stored().pixels()).orElse(0L);
            return header.isPresent() && pixelsLeft >= 0;
        } catch (HalftoneException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return false;
        }
    }

    /// `url(…)` of anything but a part of this drawing, and style sheets that fetch others.
    boolean reachesOut(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.contains("\\") || lower.contains("@import") || lower.contains("javascript:")) {
            return true;
        }
        for (int at = lower.indexOf("url("); at >= 0; at = lower.indexOf("url(", at + 4)) {
            String target = lower.substring(at + 4).strip();
            if (!target.startsWith("#") && !target.startsWith("'#") && !target.startsWith("\"#")) {
                return true;
            }
        }
        return false;
    }
}
