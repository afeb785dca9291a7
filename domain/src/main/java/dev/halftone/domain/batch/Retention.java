package dev.halftone.domain.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a batch is kept after its end, with its upload and its outputs.
///
/// @param time 1 second to 3,650 days, in whole seconds; zero to keep it for good
public record Retention(Duration time) {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");

    public static final Retention FOR_GOOD = new Retention(Duration.ZERO);
    public static final Retention DEFAULT = new Retention(Duration.ofDays(30));

    /// What is read, for messages.
    public static final String EXPECTED = "is a time such as 30d, 12h or 45m, at most 3650d, or 0 to keep for good";

    public Retention {
        if (time.isNegative() || time.compareTo(LONGEST) > 0 || time.getNano() != 0) {
            throw new IllegalArgumentException("a batch is kept for 1 s to 3,650 days, or for good, not " + time);
        }
    }

    /// Reads `30d`, `12h`, `45m`, `90s`, or `0`; empty for another form or a time out of bounds.
    public static Optional<Retention> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(FOR_GOOD);
        }
        Matcher written = FORM.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(written.group(1));
        Duration time = switch (written.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(new Retention(time));
    }

    public boolean isForGood() {
        return time.isZero();
    }

    /// In the largest unit that gives a whole number.
    public String wire() {
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return "0";
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
