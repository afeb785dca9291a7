package dev.halftone.app.bench.jpeg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// What an encoder makes of one picture at several settings, as a curve: the logarithm of the rate over the
/// similarity. Compared as Bjøntegaard does (VCEG-M33, 2001), with the piecewise cubic of Fritsch and Butland
/// (1984), which cannot swing between the points as one polynomial does.
final class RateDistortion {
    private final double[] similarity;
    private final double[] logRate;
    private final double[] slope;

    /// @param rate       bits per pixel, or bytes: any unit that both sides share
    /// @param similarity higher is better, on the metric's own scale
    record Point(double rate, double similarity) {}

    private RateDistortion(List<Point> points) {
        similarity = points.stream().mapToDouble(Point::similarity).toArray();
        logRate = points.stream().mapToDouble(point -> Math.log(point.rate())).toArray();
        slope = slopes(similarity, logRate);
    }

    /// How many percent more (less, below zero) one encoder spends than the other at equal similarity, on
    /// average over the similarities that both reach. A point that another beats in both rate and similarity is
    /// left out. Empty where the curves share no similarity or one has fewer than two points.
    static OptionalDouble bdRate(List<Point> ours, List<Point> theirs) {
        List<Point> front = front(ours);
        List<Point> otherFront = front(theirs);
        if (front.size() < 2 || otherFront.size() < 2) {
            return OptionalDouble.empty();
        }
        double from =
                Math.max(front.getFirst().similarity(), otherFront.getFirst().similarity());
        double to = Math.min(front.getLast().similarity(), otherFront.getLast().similarity());
        if (from >= to) {
            return OptionalDouble.empty();
        }
        double difference =
                new RateDistortion(front).integral(from, to) - new RateDistortion(otherFront).integral(from, to);
        return OptionalDouble.of((Math.exp(difference / (to - from)) - 1) * 100);
    }

    /// By rising rate, only those that are more similar than all cheaper ones.
    private static List<Point> front(List<Point> points) {
        List<Point> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (Point point : points.stream()
                .sorted(Comparator.comparingDouble(Point::rate)
                        .thenComparing(
                                Comparator.comparingDouble(Point::similarity).reversed()))
                .toList()) {
            if (point.similarity() > best) {
                front.add(point);
                best = point.similarity();
            }
        }
        return front;
    }

    private static double[] slopes(double[] x, double[] y) {
        int last = x.length - 1;
        double[] secant = new double[last];
        for (int i = 0; i < last; i++) {
            secant[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        }
        double[] slope = new double[x.length];
        for (int i = 1; i < last; i++) {
            double before = x[i] - x[i - 1];
            double after = x[i + 1] - x[i];
            if (secant[i - 1] * secant[i] > 0) {
                double w1 = 2 * after + before;
                double w2 = after + 2 * before;
                slope[i] = (w1 + w2) / (w1 / secant[i - 1] + w2 / secant[i]);
            }
        }
        slope[0] = last == 1 ? secant[0] : end(x[1] - x[0], x[2] - x[1], secant[0], secant[1]);
        slope[last] = last == 1
                ? secant[0]
                : end(x[last] - x[last - 1], x[last - 1] - x[last - 2], secant[last - 1], secant[last - 2]);
        return slope;
    }

    /// The three-point slope at an end, held to the shape of the data.
    private static double end(double near, double far, double nearSecant, double farSecant) {
        double slope = ((2 * near + far) * nearSecant - near * farSecant) / (near + far);
        if (slope * nearSecant <= 0) {
            return 0;
        }
        return nearSecant * farSecant <= 0 && Math.abs(slope) > 3 * Math.abs(nearSecant) ? 3 * nearSecant : slope;
    }

    /// Simpson's rule, which is exact on each cubic.
    private double integral(double from, double to) {
        TreeSet<Double> knots = new TreeSet<>(List.of(from, to));
        for (double knot : similarity) {
            if (knot > from && knot < to) {
                knots.add(knot);
            }
        }
        double sum = 0;
        double left = from;
        for (double right : knots.tailSet(from, false)) {
            sum += (right - left) / 6 * (at(left) + 4 * at((left + right) / 2) + at(right));
            left = right;
        }
        return sum;
    }

    private double at(double x) {
        int i = 0;
        while (i < similarity.length - 2 && x > similarity[i + 1]) {
            i++;
        }
        double width = similarity[i + 1] - similarity[i];
        double t = (x - similarity[i]) / width;
        double u = 1 - t;
        return u * u * (1 + 2 * t) * logRate[i]
                + t * t * (3 - 2 * t) * logRate[i + 1]
                + width * (u * u * t * slope[i] - t * t * u * slope[i + 1]);
    }
}
