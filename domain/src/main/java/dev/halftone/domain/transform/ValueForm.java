package dev.halftone.domain.transform;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Rgba;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a parameter's value may be written, and the one text that stands for all spellings of the same value.
///
/// @param described what is expected, as it stands in the documentation and in problems
/// @param normal the canonical text; empty for a value that is not of this form
record ValueForm(String described, Function<String, Optional<String>> normal) {
    /// Decimals that are kept; more of them change no pixel.
    private static final int DECIMALS = 4;

    private static final int LONGEST_NUMBER = 16;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern RATIO = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,4})?):(\\d{1,5}(?:\\.\\d{1,4})?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    static ValueForm whole(int least, int most) {
        return new ValueForm(
                "a whole number from " + least + " to " + most,
                text -> decimal(text, least, most)
                        .filter(number -> number.scale() <= 0)
                        .map(ValueForm::plain));
    }

    static ValueForm number(String least, String most) {
        return new ValueForm(
                "a number from " + least + " to " + most,
                text -> decimal(text, Double.parseDouble(least), Double.parseDouble(most))
                        .map(ValueForm::plain));
    }

    /// Pixels, or a share of the source.
    static ValueForm side(int most) {
        return new ValueForm(
                "pixels from 1 to " + most + ", or a share of the source's between 0 and 1", text -> side(text, most));
    }

    /// Lines of text: a share of the picture's height, or pixels.
    static ValueForm textSize() {
        return new ValueForm(
                "a share of the picture's height from 0.001 to 1, or whole pixels from 2 to 1000",
                text -> decimal(text, 0.001, 1000)
                        .filter(number -> number.compareTo(BigDecimal.ONE) <= 0
                                || number.doubleValue() >= 2 && number.scale() <= 0)
                        .map(ValueForm::plain));
    }

    private static Optional<String> side(String text, int most) {
        return decimal(text, 0.0001, most)
                .filter(number -> number.compareTo(BigDecimal.ONE) < 0 || number.scale() <= 0)
                .map(ValueForm::plain);
    }

    static ValueForm word(String... words) {
        return new ValueForm(
                listed(words),
                text -> Optional.of(text).filter(word -> Arrays.asList(words).contains(word)));
    }

    /// @param same other spellings of some of the words
    static ValueForm word(Map<String, String> same, String... words) {
        return new ValueForm(
                listed(words),
                text -> Optional.of(same.getOrDefault(text, text))
                        .filter(word -> Arrays.asList(words).contains(word)));
    }

    /// Some of the words, in any order, joined by commas.
    static ValueForm words(String... words) {
        return new ValueForm(listed(words) + ", or several joined by commas", text -> {
            TreeSet<String> given = new TreeSet<>(List.of(text.split(",", -1)));
            return Arrays.asList(words).containsAll(given) ? Optional.of(String.join(",", given)) : Optional.empty();
        });
    }

    static ValueForm fit() {
        return new ValueForm(
                "max, clip, crop, min, fill, fillmax or scale, or the other names inside, cover, contain, pad or stretch",
                text -> Fit.ofWire(text).map(Fit::wire));
    }

    /// What a crop keeps: a side or corner, a point, or what shows most.
    static ValueForm crop() {
        return new ValueForm(
                "sides (top, bottom, left, right or two of them joined by a comma), center, focalpoint, entropy or edges",
                text -> switch (text) {
                    case "focalpoint" -> Optional.of(text);
                    case "entropy", "edges" -> Optional.of("entropy");
                    default -> gravity(text);
                });
    }

    static ValueForm place() {
        return new ValueForm(
                "a side or corner such as top or bottom,right, middle or center",
                text -> gravity(text.replace("middle", "center")));
    }

    private static Optional<String> gravity(String text) {
        String sides = text.replace(",center", "").replace("center,", "");
        return Gravity.ofWire(sides).map(found -> found.wire().replace('-', ','));
    }

    static ValueForm colour() {
        return new ValueForm(
                "a colour as rgb, rrggbb, argb or aarrggbb, or a name such as white or transparent",
                text -> Rgba.ofWire(text).map(Rgba::wire));
    }

    /// Two numbers, `16:9`.
    static ValueForm ratio() {
        return new ValueForm("two numbers such as 16:9 or 1.91:1", ValueForm::reduced);
    }

    private static Optional<String> reduced(String text) {
        Matcher matcher = RATIO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigInteger across =
                new BigDecimal(matcher.group(1)).movePointRight(DECIMALS).toBigIntegerExact();
        BigInteger down =
                new BigDecimal(matcher.group(2)).movePointRight(DECIMALS).toBigIntegerExact();
        if (across.signum() == 0 || down.signum() == 0) {
            return Optional.empty();
        }
        BigInteger common = across.gcd(down);
        return Optional.of(across.divide(common) + ":" + down.divide(common));
    }

    /// `left,top,width,height`.
    static ValueForm rect() {
        return new ValueForm(
                "left,top,width,height, each in whole pixels or as a share of the source's between 0 and 1", text -> {
                    String[] parts = text.split(",", -1);
                    List<String> normal = new ArrayList<>();
                    for (int i = 0; i < parts.length; i++) {
                        boolean start = i < 2;
                        decimal(parts[i], start ? 0 : 0.0001, 65_535)
                                .filter(number -> number.compareTo(BigDecimal.ONE) < 0 || number.scale() <= 0)
                                .map(ValueForm::plain)
                                .ifPresent(normal::add);
                    }
                    return normal.size() == 4 && parts.length == 4
                            ? Optional.of(String.join(",", normal))
                            : Optional.empty();
                });
    }

    /// What people read: control characters are taken out.
    static ValueForm text() {
        return new ValueForm("1 to " + LONGEST_TEXT + " characters", text -> {
            String clean = text.codePoints()
                    .filter(point -> point == '\n' || !Character.isISOControl(point) && !isSurrogate(point))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .strip();
            return Optional.of(clean)
                    .filter(told -> !told.isEmpty() && told.codePointCount(0, told.length()) <= LONGEST_TEXT);
        });
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static ValueForm image() {
        return new ValueForm(
                "the imageId of an uploaded image", text -> PublicId.parse(text).map(PublicId::value));
    }

    static ValueForm name() {
        return new ValueForm(
                "a preset's name",
                text -> Optional.of(text).filter(name -> NAME.matcher(name).matches()));
    }

    /// A moment in seconds since 1970, at most in the year 5138.
    static ValueForm seconds() {
        return new ValueForm(
                "a moment in whole seconds since 1970",
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("\\d{1,11}"))
                        .map(digits -> Long.toString(Long.parseLong(digits))));
    }

    static ValueForm signature() {
        return new ValueForm(
                "43 characters of URL-safe base64",
                text -> Optional.of(text).filter(written -> written.length() <= 100));
    }

    private static Optional<BigDecimal> decimal(String text, double least, double most) {
        if (text.length() > LONGEST_NUMBER || !text.matches("\\d+(\\.\\d+)?|\\.\\d+")) {
            return Optional.empty();
        }
        BigDecimal number =
                new BigDecimal(text).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return Optional.of(number).filter(value -> value.doubleValue() >= least && value.doubleValue() <= most);
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String listed(String... words) {
        return words.length == 1
                ? words[0]
                : String.join(", ", Arrays.copyOf(words, words.length - 1)) + " or " + words[words.length - 1];
    }
}
