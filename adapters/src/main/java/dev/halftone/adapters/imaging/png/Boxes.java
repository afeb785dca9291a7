package dev.halftone.adapters.imaging.png;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Colours in boxes, cut in two again and again: always the box with the largest error, along the channel in which it
/// is
/// widest, at the mean.
final class Boxes {
    private final float[] points;
    private final float[] weights;
    private final int[] order;
    private final List<Box> boxes = new ArrayList<>();
    private double error;

    /// Colours `order[from]` to `order[to - 1]` with their mean and their error around it.
    private static final class Box {
        private final int from;
        private final int to;
        private final double[] mean = new double[4];
        private final double[] variance = new double[4];
        private double error;

        Box(int from, int to) {
            this.from = from;
            this.to = to;
        }

        boolean isSingle() {
            return to - from < 2 || error <= 0;
        }
    }

    Boxes(float[] points, float[] weights) {
        this.points = points;
        this.weights = weights;
        this.order = new int[weights.length];
        Arrays.setAll(order, i -> i);
        add(0, order.length);
    }

    int count() {
        return boxes.size();
    }

    /// Whether no box can be cut any more.
    boolean isExhausted() {
        return boxes.stream().allMatch(Box::isSingle);
    }

    /// Cuts until the sum of weighted squared errors is at most `aim`, or there are `most` boxes.
    void cutUntil(double aim, int most) {
        while (error > aim && boxes.size() < most) {
            Box worst = null;
            for (Box box : boxes) {
                if (!box.isSingle() && (worst == null || box.error > worst.error)) {
                    worst = box;
                }
            }
            if (worst == null) {
                return;
            }
            cut(worst);
        }
    }

    float[] centres() {
        float[] centres = new float[4 * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            for (int channel = 0; channel < 4; channel++) {
                centres[4 * i + channel] = (float) boxes.get(i).mean[channel];
            }
        }
        return centres;
    }

    private void add(int from, int to) {
        Box box = new Box(from, to);
        double mass = 0;
        for (int i = from; i < to; i++) {
            int point = order[i];
            double weight = weights[point];
            mass += weight;
            for (int channel = 0; channel < 4; channel++) {
                box.mean[channel] += weight * points[4 * point + channel];
            }
        }
        for (int channel = 0; channel < 4; channel++) {
            box.mean[channel] /= Math.max(mass, 1e-9);
        }
        for (int i = from; i < to; i++) {
            int point = order[i];
            for (int channel = 0; channel < 4; channel++) {
                double distance = points[4 * point + channel] - box.mean[channel];
                box.variance[channel] += weights[point] * distance * distance;
            }
        }
        // A difference in alpha shows in all three channels.
        box.error = box.variance[0] + box.variance[1] + box.variance[2] + 3 * box.variance[3];
        error += box.error;
        boxes.add(box);
    }

    private void cut(Box box) {
        int widest = 0;
        for (int channel = 1; channel < 4; channel++) {
            if (box.variance[channel] > box.variance[widest]) {
                widest = channel;
            }
        }
        int low = box.from;
        int high = box.to - 1;
        while (low <= high) {
            if (points[4 * order[low] + widest] <= box.mean[widest]) {
                low++;
            } else {
                int swap = order[low];
                order[low] = order[high];
                order[high--] = swap;
            }
        }
        boxes.remove(box);
        error -= box.error;
        if (low == box.from || low == box.to) {
            Box whole = new Box(box.from, box.to);
            System.arraycopy(box.mean, 0, whole.mean, 0, 4);
            boxes.add(whole);
            return;
        }
        add(box.from, low);
        add(low, box.to);
    }
}
