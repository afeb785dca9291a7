package dev.halftone.app.bench.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RateDistortionTest {
    private static final double[] RATES = {0.3, 0.4, 0.5, 0.65, 0.8, 1.2};

    private static List<RateDistortion.Point> curve(double scale, DoubleUnaryOperator similarity) {
        return DoubleStream.of(RATES)
                .mapToObj(rate -> new RateDistortion.Point(rate * scale, similarity.applyAsDouble(rate)))
                .toList();
    }

    private static double bdRate(List<RateDistortion.Point> ours, List<RateDistortion.Point> theirs) {
        return RateDistortion.bdRate(ours, theirs).orElseThrow();
    }

    @Test
    void isZeroForTheSameCurve() {
        List<RateDistortion.Point> curve = curve(1, rate -> 1 - 0.01 / rate);

        assertThat(bdRate(curve, curve)).isCloseTo(0, within(1e-9));
    }

    @Test
    void isTheSavingWhereEveryPointIsThatMuchSmaller() {
        assertThat(bdRate(curve(0.9, rate -> 1 - 0.01 / rate), curve(1, rate -> 1 - 0.01 / rate)))
                .isCloseTo(-10, within(1e-9));
        assertThat(bdRate(curve(1.25, Math::log), curve(1, Math::log))).isCloseTo(25, within(1e-9));
    }

    @Test
    void followsASmoothCurveBetweenItsPoints() {
        List<RateDistortion.Point> theirs = curve(1, rate -> 40 + 10 * Math.log(rate));
        List<RateDistortion.Point> ours = List.of(
                new RateDistortion.Point(0.9 * 0.33, 40 + 10 * Math.log(0.33)),
                new RateDistortion.Point(0.9 * 0.55, 40 + 10 * Math.log(0.55)),
                new RateDistortion.Point(0.9 * 1.1, 40 + 10 * Math.log(1.1)));

        assertThat(bdRate(ours, theirs)).isCloseTo(-10, within(0.01));
    }

    /// `scipy.interpolate.PchipInterpolator` over the same points, integrated over 31.9 to 40.0.
    @Test
    void agreesWithTheUsualImplementation() {
        List<RateDistortion.Point> theirs = List.of(
                new RateDistortion.Point(150, 31.5),
                new RateDistortion.Point(300, 34.2),
                new RateDistortion.Point(700, 37.4),
                new RateDistortion.Point(1500, 40.0));
        List<RateDistortion.Point> ours = List.of(
                new RateDistortion.Point(140, 31.9),
                new RateDistortion.Point(260, 34.4),
                new RateDistortion.Point(640, 37.9),
                new RateDistortion.Point(1400, 40.3));

        assertThat(bdRate(ours, theirs)).isCloseTo(-18.46674, within(1e-4));
    }

    @Test
    void leavesOutAPointThatIsDearerAndWorse() {
        List<RateDistortion.Point> theirs = curve(1, rate -> 1 - 0.01 / rate);
        List<RateDistortion.Point> ours = new java.util.ArrayList<>(curve(0.9, rate -> 1 - 0.01 / rate));
        ours.add(new RateDistortion.Point(5, 0.5));

        assertThat(bdRate(ours, theirs)).isCloseTo(-10, within(1e-9));
    }

    @Test
    void isEmptyWhereTheCurvesShareNothing() {
        assertThat(RateDistortion.bdRate(curve(1, rate -> rate), curve(1, rate -> rate + 5)))
                .isEmpty();
        assertThat(RateDistortion.bdRate(curve(1, rate -> rate).subList(0, 1), curve(1, rate -> rate)))
                .isEmpty();
    }
}
