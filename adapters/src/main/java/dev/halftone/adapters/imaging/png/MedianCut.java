package dev.halftone.adapters.imaging.png;

import java.util.ArrayList;
import java.util.List;

/// Cuts the colours of a histogram into boxes: always the box with the largest error, across its widest
/// channel, at the mean. After Heckbert's median cut, with variance as the measure as in Wu's.
final class MedianCut {
    private final Histogram colours;
    private final int[] order;
    private final List<Box> boxes = new ArrayList<>();
    private double error;

    /// @param from first position in `order`; `to` one past the last
    /// @param error sum of square distances to the mean
    /// @param channel the widest
    @SuppressWarnings("ArrayRecordComponent")
    private record Box(int from, int to, double error, int channel, float[] mean) {}

    MedianCut(Histogram colours) {
        this.colours = colours;
        this.order = new int[colours.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Box whole = box(0, order.length);
        boxes.add(whole);
        error = whole.error;
    }

    /// Cuts once more.
    ///
    /// @return false where every box holds one colour
    boolean cut() {
        int worst = -1;
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            if (box.to - box.from > 1 && box.error > 0 && (worst < 0 || box.error > boxes.get(worst).error)) {
                worst = i;
            }
        }
        if (worst < 0) {
            return false;
        }
        Box box = boxes.get(worst);
        int middle = partition(box);
        Box low = box(box.from, middle);
        Box high = box(middle, box.to);
        error += low.error + high.error - box.error;
        boxes.set(worst, low);
        boxes.add(high);
        return true;
    }

    int count() {
        return boxes.size();
    }

    /// Sum of square distances of all pixels to the mean of their box.
    double error() {
        return error + colours.spread();
    }

    /// The means, four numbers each.
    float[][] means() {
        return boxes.stream().map(Box::mean).toArray(float[][]::new);
    }

    private float[] channel(int channel) {
        return switch (channel) {
            case 0 -> colours.red();
            case 1 -> colours.green();
            case 2 -> colours.blue();
            default -> colours.alpha();
        };
    }

    private Box box(int from, int to) {
        double weight = 0;
        for (int i = from; i < to; i++) {
            weight += colours.weight()[order[i]];
        }
        float[] mean = new float[4];
        double total = 0;
        double widest = -1;
        int widestChannel = 0;
        for (int c = 0; c < 4; c++) {
            float[] values = channel(c);
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += (double) values[order[i]] * colours.weight()[order[i]];
            }
            double middle = sum / weight;
            double square = 0;
            for (int i = from; i < to; i++) {
                double off = values[order[i]] - middle;
                square += off * off * colours.weight()[order[i]];
            }
            mean[c] = (float) middle;
            total += square;
            if (square > widest) {
                widest = square;
                widestChannel = c;
            }
        }
        return new Box(from, to, total, widestChannel, mean);
    }

    /// Brings what is under the mean to the front; both sides get at least one colour.
    private int partition(Box box) {
        float[] values = channel(box.channel);
        float pivot = box.mean[box.channel];
        int low = box.from;
        int high = box.to - 1;
        while (low <= high) {
            if (values[order[low]] <= pivot) {
                low++;
            } else {
                int swap = order[low];
                order[low] = order[high];
                order[high--] = swap;
            }
        }
        return Math.clamp(low, box.from + 1, box.to - 1);
    }
}
