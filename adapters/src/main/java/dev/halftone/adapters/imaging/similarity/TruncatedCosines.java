package dev.halftone.adapters.imaging.similarity;

/// The Gaussian window of Charalampidis, "Recursive implementation of the Gaussian filter using truncated cosine
/// functions", 2016, as libjxl's `gauss_blur.cc` sets it up (numbers in brackets are the paper's). Run as two or three
/// resonators it costs the same for any σ; its response is a sum of cosines cut off at its radius, and for a small σ
/// those few taps are quicker, and exact where the resonators drift.
final class TruncatedCosines {
    private TruncatedCosines() {}

    /// The taps from the middle outwards, [Moments#RADIUS] + 1 of them, of a radius not above that.
    static float[] window(double sigma) {
        int radius = (int) Math.round(3.2795 * sigma + 0.2546); // (57)
        double[] omega = new double[3];
        double[] p = new double[3];
        double[] r = new double[3];
        double[] rho = new double[3];
        for (int i = 0; i < 3; i++) {
            int sign = i == 1 ? -1 : 1;
            omega[i] = (2 * i + 1) * Math.PI / (2 * radius); // Table I
            p[i] = sign / Math.tan(0.5 * omega[i]); // (37)
            r[i] = sign * p[i] * p[i] / Math.sin(omega[i]); // (44)
            rho[i] = Math.exp(-0.5 * sigma * sigma * omega[i] * omega[i]) / radius; // (50)
        }
        double d13 = p[0] * r[1] - r[0] * p[1];
        double zeta1 = (p[1] * r[2] - r[1] * p[2]) / d13; // (52)
        double zeta3 = (p[2] * r[0] - r[2] * p[0]) / d13;
        double[] beta = solve(
                new double[][] {p, r, {zeta1, zeta3, 1}}, // (56)
                new double[] {1, radius * radius - sigma * sigma, zeta1 * rho[0] + zeta3 * rho[1] + rho[2]}); // (55)
        float[] window = new float[Moments.RADIUS + 1];
        for (int distance = 0; distance < radius; distance++) {
            double tap = 0;
            for (int i = 0; i < 3; i++) {
                tap += beta[i] * Math.cos(omega[i] * distance);
            }
            window[distance] = (float) tap;
        }
        return window;
    }

    /// Cramer's rule.
    private static double[] solve(double[][] rows, double[] right) {
        double whole = determinant(rows);
        double[] solution = new double[3];
        for (int column = 0; column < 3; column++) {
            double[][] replaced = new double[3][];
            for (int row = 0; row < 3; row++) {
                replaced[row] = rows[row].clone();
                replaced[row][column] = right[row];
            }
            solution[column] = determinant(replaced) / whole;
        }
        return solution;
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }
}
