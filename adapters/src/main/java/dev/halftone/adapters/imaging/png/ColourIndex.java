package dev.halftone.adapters.imaging.png;

import java.util.Arrays;

/// A set of colours, each with the number under which it came in. Open addressing over primitive arrays.
final class ColourIndex {
    private final int most;
    private final int[] keys;
    private final int[] numbers;
    private final int[] colours;
    private int size;

    /// @param most how many colours it takes
    ColourIndex(int most) {
        this.most = most;
        int slots = Integer.highestOneBit(Math.max(8, most)) * 4;
        this.keys = new int[slots];
        this.numbers = new int[slots];
        Arrays.fill(numbers, -1);
        this.colours = new int[most];
    }

    /// @return the colour's number, a new one where it is new; -1 where there is no room for it
    int add(int colour) {
        int mask = keys.length - 1;
        int slot = colour * 0x9e3779b1;
        slot = (slot ^ slot >>> 15) & mask;
        while (numbers[slot] >= 0) {
            if (keys[slot] == colour) {
                return numbers[slot];
            }
            slot = slot + 1 & mask;
        }
        if (size == most) {
            return -1;
        }
        keys[slot] = colour;
        numbers[slot] = size;
        colours[size] = colour;
        return size++;
    }

    int size() {
        return size;
    }

    int[] colours() {
        return Arrays.copyOf(colours, size);
    }
}
