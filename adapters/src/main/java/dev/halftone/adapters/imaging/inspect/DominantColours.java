package dev.halftone.adapters.imaging.inspect;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.asset.ImageFacts.Swatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The few colours that a picture is made of: k-means in Oklab (Ottosson, 2020), begun with the mean and then
/// the colour farthest from all so far, each weighed by how often it occurs; what lies closer than an eye tells
/// apart is one colour. The same picture always has the same.
final class DominantColours {
    private static final int MOST = 5;
    private static final int ROUNDS = 12;

    /// In Oklab, where black to white is 1.
    private static final double APART = 0.07;

    /// A smaller share is a detail.
    private static final double LEAST = 0.02;

    private DominantColours() {}

    /// @return at most five, the largest share first; none where nothing can be seen
    static List<Swatch> of(Picture picture) {
        double[][] points = visible(picture.asColour());
        if (points.length == 0) {
            return List.of();
        }
        List<double[]> centres = begun(points);
        int[] counts = new int[centres.size()];
        for (int round = 0; round < ROUNDS; round++) {
            counts = moved(points, centres);
        }
        return swatches(merged(centres, counts), points.length);
    }

    private record Cluster(double[] centre, int count) {}

    private static double[][] visible(Picture.Colour picture) {
        List<double[]> points = new ArrayList<>();
        for (int pixel : picture.argb()) {
            if (pixel >>> 24 >= 128) {
                points.add(Oklab.of(pixel));
            }
        }
        return points.toArray(double[][]::new);
    }

    private static List<double[]> begun(double[][] points) {
        List<double[]> centres = new ArrayList<>();
        double[] mean = new double[3];
        for (double[] point : points) {
            for (int c = 0; c < 3; c++) {
                mean[c] += point[c] / points.length;
            }
        }
        centres.add(mean);
        while (centres.size() < MOST) {
            double[] farthest = points[0];
            double distance = -1;
            for (double[] point : points) {
                double nearest = distance(point, centres.get(nearest(point, centres)));
                if (nearest > distance) {
                    distance = nearest;
                    farthest = point;
                }
            }
            if (distance < APART * APART) {
                return centres;
            }
            centres.add(farthest.clone());
        }
        return centres;
    }

    private static int[] moved(double[][] points, List<double[]> centres) {
        double[][] sums = new double[centres.size()][3];
        int[] counts = new int[centres.size()];
        for (double[] point : points) {
            int nearest = nearest(point, centres);
            counts[nearest]++;
            for (int c = 0; c < 3; c++) {
                sums[nearest][c] += point[c];
            }
        }
        for (int i = 0; i < counts.length; i++) {
            for (int c = 0; c < 3 && counts[i] > 0; c++) {
                centres.get(i)[c] = sums[i][c] / counts[i];
            }
        }
        return counts;
    }

    private static List<Cluster> merged(List<double[]> centres, int[] counts) {
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Cluster next = new Cluster(centres.get(i), counts[i]);
            for (Cluster other : List.copyOf(clusters)) {
                if (distance(next.centre, other.centre) < APART * APART) {
                    clusters.remove(other);
                    next = joined(next, other);
                }
            }
            if (next.count > 0) {
                clusters.add(next);
            }
        }
        return clusters;
    }

    private static Cluster joined(Cluster one, Cluster other) {
        int count = Math.max(1, one.count + other.count);
        double[] centre = new double[3];
        for (int c = 0; c < 3; c++) {
            centre[c] = (one.centre[c] * one.count + other.centre[c] * other.count) / count;
        }
        return new Cluster(centre, one.count + other.count);
    }

    private static List<Swatch> swatches(List<Cluster> clusters, int pixels) {
        return clusters.stream()
                .sorted(Comparator.comparingInt(Cluster::count).reversed())
                .filter(cluster -> (double) cluster.count / pixels >= LEAST)
                .map(cluster -> new Swatch(Oklab.rgb(cluster.centre), (double) cluster.count / pixels))
                .toList();
    }

    private static int nearest(double[] point, List<double[]> centres) {
        int nearest = 0;
        for (int i = 1; i < centres.size(); i++) {
            if (distance(point, centres.get(i)) < distance(point, centres.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static double distance(double[] one, double[] other) {
        double l = one[0] - other[0];
        double a = one[1] - other[1];
        double b = one[2] - other[2];
        return l * l + a * a + b * b;
    }
}
