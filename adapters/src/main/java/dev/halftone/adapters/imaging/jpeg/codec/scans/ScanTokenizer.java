package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;

/// Turns coefficients into the tokens of one scan: the four kinds of progressive scans (T.81 G.1.2), DC and AC,
/// first and refinement.
public final class ScanTokenizer {
    private final SparsePicture picture;
    private final ScanTokens into;

    public ScanTokenizer(SparsePicture picture, ScanTokens into) {
        this.picture = picture;
        this.into = into;
    }

    public void append(PlannedScan scan) {
        if (scan.isDc()) {
            appendDc(scan);
        } else if (scan.isFirst()) {
            appendFirst(scan);
        } else {
            appendRefinement(scan);
        }
    }

    /// G.1.2.1. Blocks that only fill up the last MCU repeat the DC of the block before them.
    private void appendDc(PlannedScan scan) {
        Frame frame = picture.frame();
        boolean interleaved = scan.components().size() > 1;
        FrameComponent first = frame.components().get(scan.components().getFirst());
        int mcusWide = interleaved ? frame.mcusWide() : first.blocksWide();
        int mcusHigh = interleaved ? frame.mcusHigh() : first.blocksHigh();
        int[] last = new int[4];
        for (int mcu = 0; mcu < mcusWide * mcusHigh; mcu++) {
            for (int place = 0; place < scan.components().size(); place++) {
                FrameComponent component =
                        frame.components().get(scan.components().get(place));
                SparsePlane plane = picture.plane(component.index());
                int across = interleaved ? component.horizontal() : 1;
                int down = interleaved ? component.vertical() : 1;
                for (int i = 0; i < across * down; i++) {
                    int x = mcu % mcusWide * across + i % across;
                    int y = mcu / mcusWide * down + i / across;
                    boolean filler = x >= component.blocksWide() || y >= component.blocksHigh();
                    int dc = filler ? last[place] : plane.dc(y * plane.blocksWide() + x) >> scan.low();
                    putDc(scan, place, dc, last[place]);
                    last[place] = dc;
                }
            }
        }
    }

    private void putDc(PlannedScan scan, int place, int dc, int last) {
        if (!scan.isFirst()) {
            into.bits(dc & 1, 1);
            return;
        }
        int difference = dc - last;
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        into.symbol(place, size, size, difference + (difference >> 31) & (1 << size) - 1);
    }

    /// G.1.2.2: as in a sequential scan, but runs of blocks whose band ends in zeros are counted together.
    private void appendFirst(PlannedScan scan) {
        SparsePlane plane = picture.plane(scan.components().getFirst());
        int[] entries = plane.entries();
        int low = scan.low();
        int emptyBlocks = 0;
        for (int block = 0; block < plane.blocks(); block++) {
            int before = scan.start() - 1;
            for (int at = plane.start(block); entries[at] >> 16 <= scan.end(); at++) {
                int k = entries[at] >> 16;
                int value = (short) entries[at];
                int magnitude = Math.abs(value) >> low;
                if (k < scan.start() || magnitude == 0) {
                    continue;
                }
                putRun(emptyBlocks);
                emptyBlocks = 0;
                int run = k - before - 1;
                for (; run > 15; run -= 16) {
                    into.symbol(0, 0xF0, 0, 0);
                }
                int size = 32 - Integer.numberOfLeadingZeros(magnitude);
                into.symbol(0, run << 4 | size, size, value < 0 ? ~magnitude & (1 << size) - 1 : magnitude);
                before = k;
            }
            if (before < scan.end() && ++emptyBlocks == ScanTokens.LONGEST_RUN) {
                putRun(emptyBlocks);
                emptyBlocks = 0;
            }
        }
        putRun(emptyBlocks);
    }

    private void putRun(int emptyBlocks) {
        if (emptyBlocks > 0) {
            into.emptyBlocks(into.reserve(), emptyBlocks);
        }
    }

    /// G.1.2.3: coefficients that become one are coded with the run of zeros before them; those that were not
    /// zero before get a bit each, which follows the symbol that passes over them.
    private void appendRefinement(PlannedScan scan) {
        SparsePlane plane = picture.plane(scan.components().getFirst());
        int[] entries = plane.entries();
        int low = scan.low();
        int emptyBlocks = 0;
        int place = 0;
        for (int block = 0; block < plane.blocks(); block++) {
            int lastNew = lastNew(plane, block, scan);
            if (lastNew > 0 && emptyBlocks > 0) {
                into.emptyBlocks(place, emptyBlocks);
                emptyBlocks = 0;
            }
            int run = 0;
            int before = scan.start() - 1;
            long corrections = 0;
            int pending = 0;
            for (int at = plane.start(block); entries[at] >> 16 <= scan.end(); at++) {
                int k = entries[at] >> 16;
                int value = (short) entries[at];
                int magnitude = Math.abs(value) >> low;
                if (k < scan.start() || magnitude == 0) {
                    continue;
                }
                for (run += k - before - 1, before = k; run > 15 && k <= lastNew; run -= 16) {
                    into.symbol(0, 0xF0, 0, 0);
                    into.bits(corrections, pending);
                    pending = 0;
                }
                if (magnitude > 1) {
                    corrections = corrections << 1 | magnitude & 1;
                    pending++;
                } else {
                    into.symbol(0, run << 4 | 1, 1, value < 0 ? 0 : 1);
                    into.bits(corrections, pending);
                    pending = 0;
                    run = 0;
                }
            }
            if (lastNew < scan.end()) {
                place = emptyBlocks == 0 ? into.reserve() : place;
                emptyBlocks++;
                into.bits(corrections, pending);
                if (emptyBlocks == ScanTokens.LONGEST_RUN) {
                    into.emptyBlocks(place, emptyBlocks);
                    emptyBlocks = 0;
                }
            }
        }
        if (emptyBlocks > 0) {
            into.emptyBlocks(place, emptyBlocks);
        }
    }

    /// Index of the band's last coefficient that this scan makes one, 0 when there is none.
    private static int lastNew(SparsePlane plane, int block, PlannedScan scan) {
        int[] entries = plane.entries();
        int last = 0;
        for (int at = plane.start(block); entries[at] >> 16 <= scan.end(); at++) {
            if (entries[at] >> 16 >= scan.start() && Math.abs((short) entries[at]) >> scan.low() == 1) {
                last = entries[at] >> 16;
            }
        }
        return last;
    }
}
