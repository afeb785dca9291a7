package dev.halftone.domain.transform;

import static dev.halftone.domain.transform.Parameter.AR;
import static dev.halftone.domain.transform.Parameter.BLUR;
import static dev.halftone.domain.transform.Parameter.CROP;
import static dev.halftone.domain.transform.Parameter.DPR;
import static dev.halftone.domain.transform.Parameter.FIT;
import static dev.halftone.domain.transform.Parameter.FP_X;
import static dev.halftone.domain.transform.Parameter.FP_Y;
import static dev.halftone.domain.transform.Parameter.H;
import static dev.halftone.domain.transform.Parameter.MARK;
import static dev.halftone.domain.transform.Parameter.MARK_PAD;
import static dev.halftone.domain.transform.Parameter.MAX_H;
import static dev.halftone.domain.transform.Parameter.MAX_W;
import static dev.halftone.domain.transform.Parameter.PAD;
import static dev.halftone.domain.transform.Parameter.TRIM;
import static dev.halftone.domain.transform.Parameter.TRIM_TOL;
import static dev.halftone.domain.transform.Parameter.TXT;
import static dev.halftone.domain.transform.Parameter.TXT_PAD;
import static dev.halftone.domain.transform.Parameter.TXT_SIZE;
import static dev.halftone.domain.transform.Parameter.W;

import dev.halftone.domain.pipeline.Gravity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings the values of a transform to the one form that all transforms with the same result share.
final class Settling {
    /// Below it the curve is narrower than an engine draws it.
    private static final BigDecimal LEAST_BLUR = new BigDecimal("6");

    private static final Set<String> ENLARGING = Set.of("clip", "crop", "fill", "scale");

    private final Map<Parameter, String> values;

    Settling(Map<Parameter, String> values) {
        this.values = values;
    }

    /// Resolves `dpr` and `ar` where no source is needed for it.
    ///
    /// @return what grew too large
    List<TransformProblem> resolveLengths() {
        List<TransformProblem> problems = new ArrayList<>();
        multiply(problems);
        if (values.containsKey(W) && values.containsKey(H)) {
            values.remove(AR);
        }
        if (values.containsKey(AR) && values.containsKey(W) != values.containsKey(H)) {
            boolean wide = values.containsKey(W);
            BigDecimal known = number(wide ? W : H);
            if (isPixels(known)) {
                values.put(wide ? H : W, other(known, wide, problems));
                values.remove(AR);
            }
        }
        return problems;
    }

    private void multiply(List<TransformProblem> problems) {
        String dpr = values.remove(DPR);
        if (dpr == null || dpr.equals("1")) {
            return;
        }
        if (values.containsKey(MARK)) {
            values.putIfAbsent(MARK_PAD, MARK_PAD.standard().orElseThrow());
        }
        if (values.containsKey(TXT)) {
            values.putIfAbsent(TXT_PAD, TXT_PAD.standard().orElseThrow());
        }
        for (Parameter length : List.of(W, H, MAX_W, MAX_H, PAD, MARK_PAD, TXT_PAD, TXT_SIZE)) {
            if (values.containsKey(length) && isPixels(number(length))) {
                BigDecimal product = number(length).multiply(new BigDecimal(dpr));
                boolean zero = product.signum() == 0;
                BigDecimal pixels =
                        product.setScale(0, RoundingMode.HALF_UP).max(zero ? BigDecimal.ZERO : BigDecimal.ONE);
                values.put(length, pixels(length, pixels, "at dpr=" + dpr, problems));
            }
        }
    }

    /// The side that the shape tells from the other one.
    private String other(BigDecimal known, boolean wide, List<TransformProblem> problems) {
        String[] shape = value(AR).split(":");
        BigDecimal across = new BigDecimal(shape[0]);
        BigDecimal down = new BigDecimal(shape[1]);
        BigDecimal side = wide
                ? known.multiply(down).divide(across, 0, RoundingMode.HALF_UP)
                : known.multiply(across).divide(down, 0, RoundingMode.HALF_UP);
        return pixels(wide ? H : W, side.max(BigDecimal.ONE), "for ar=" + value(AR), problems);
    }

    private static String pixels(Parameter parameter, BigDecimal pixels, String why, List<TransformProblem> problems) {
        int most = parameter == TXT_SIZE ? 1_000 : Parameter.MOST_PIXELS;
        if (pixels.compareTo(BigDecimal.valueOf(most)) > 0) {
            problems.add(new TransformProblem(
                    parameter.wire(), "is " + ValueForm.plain(pixels) + " pixels " + why + ", the limit is " + most));
            return Integer.toString(most);
        }
        // A text of one pixel would read as a share.
        return ValueForm.plain(parameter == TXT_SIZE ? pixels.max(BigDecimal.TWO) : pixels);
    }

    /// Drops defaults and what has no effect beside the rest.
    void dropIdle() {
        settleFit();
        settleCrop();
        if (values.containsKey(BLUR) && number(BLUR).signum() > 0) {
            values.put(BLUR, ValueForm.plain(number(BLUR).max(LEAST_BLUR)));
        }
        if (!values.containsKey(TRIM)) {
            values.remove(TRIM_TOL);
        }
        values.computeIfPresent(TRIM, (trim, word) -> "auto");
        dropBelow(MARK);
        dropBelow(TXT);
        values.entrySet()
                .removeIf(entry -> entry.getKey()
                        .normalStandard()
                        .filter(entry.getValue()::equals)
                        .isPresent());
    }

    /// With one side alone there is nothing to cut, to pad or to stretch.
    private void settleFit() {
        boolean both = values.containsKey(W) && values.containsKey(H) || values.containsKey(AR);
        if (!values.containsKey(W) && !values.containsKey(H) && !values.containsKey(AR)) {
            values.remove(FIT);
        } else if (!both) {
            values.put(FIT, ENLARGING.contains(fit()) ? "clip" : "max");
        }
    }

    private void settleCrop() {
        boolean crops = fit().equals("crop") || fit().equals("min");
        String crop = values.getOrDefault(
                CROP, values.containsKey(FP_X) || values.containsKey(FP_Y) ? "focalpoint" : "center");
        if (crops && crop.equals("focalpoint")) {
            Gravity point = new Gravity(number(FP_X).doubleValue(), number(FP_Y).doubleValue());
            String name = point.wire().replace('-', ',');
            if (Gravity.ofWire(name).isPresent()) {
                values.put(CROP, name);
            } else {
                values.put(CROP, crop);
                return;
            }
        }
        values.remove(FP_X);
        values.remove(FP_Y);
        if (!crops) {
            values.remove(CROP);
        }
    }

    private void dropBelow(Parameter parent) {
        if (!values.containsKey(parent)) {
            values.keySet().removeIf(child -> child.wire().startsWith(parent.wire() + "-"));
        }
    }

    private String fit() {
        return values.getOrDefault(FIT, "max");
    }

    private String value(Parameter parameter) {
        return values.getOrDefault(parameter, parameter.normalStandard().orElse(""));
    }

    private BigDecimal number(Parameter parameter) {
        return new BigDecimal(value(parameter));
    }

    private static boolean isPixels(BigDecimal number) {
        return number.compareTo(BigDecimal.ONE) > 0 && number.scale() <= 0 || number.compareTo(BigDecimal.ONE) == 0;
    }
}
