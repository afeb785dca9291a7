package dev.halftone.adapters.http.request;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client takes (RFC 9110, section 12.5.1): media ranges with their weights; the most specific range
/// that covers a media type decides.
public record AcceptHeader(List<Range> ranges) {

    /// How many ranges are looked at; browsers send eight.
    private static final int MOST = 32;

    /// @param quality 0 to 1
    public record Range(String type, String subtype, double quality) {
        int specificity(String wantedType, String wantedSubtype) {
            if (type.equals(wantedType)) {
                return subtype.equals(wantedSubtype) ? 3 : subtype.equals("*") ? 2 : 0;
            }
            return type.equals("*") && subtype.equals("*") ? 1 : 0;
        }
    }

    public AcceptHeader {
        ranges = List.copyOf(ranges);
    }

    /// No header takes everything; parts that are malformed are passed over.
    public static AcceptHeader of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new AcceptHeader(List.of(new Range("*", "*", 1)));
        }
        List<Range> ranges = new ArrayList<>();
        for (String written : header.toLowerCase(Locale.ROOT).split(",", MOST + 1)) {
            String[] parts = written.split(";", -1);
            String[] names = parts[0].strip().split("/", 2);
            if (names.length == 2 && ranges.size() < MOST) {
                ranges.add(new Range(names[0], names[1], quality(parts)));
            }
        }
        return new AcceptHeader(ranges);
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                return Math.min(1, Double.parseDouble(parameter.substring(2)));
            }
        }
        return 1;
    }

    /// Whether a page is of use to the client; it is to who says nothing.
    public static boolean takesPages(Context ctx) {
        return of(ctx.header("Accept")).quality("text/html") > 0;
    }

    /// Whether the client asks for the one media type rather than for the other; where it takes both alike, it
    /// does not.
    public boolean prefers(String mediaType, String over) {
        return quality(mediaType) > quality(over);
    }

    /// How much the client wants a media type that it names in full, 0 to 1; a wildcard names none. Clients send
    /// wildcards whether or not they know the newer image formats.
    public double named(String mediaType) {
        return ranges.stream()
                .filter(range -> mediaType.equals(range.type() + "/" + range.subtype()))
                .mapToDouble(Range::quality)
                .max()
                .orElse(0);
    }

    /// How much the client wants a media type, wildcards included, 0 to 1.
    public double quality(String mediaType) {
        String[] names = mediaType.split("/", 2);
        int best = 0;
        double quality = 0;
        for (Range range : ranges) {
            int specificity = range.specificity(names[0], names[1]);
            if (specificity > best) {
                best = specificity;
                quality = range.quality();
            }
        }
        return quality;
    }
}
