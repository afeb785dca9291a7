package dev.halftone.adapters.imaging.jpeg.codec.entropy;

/// Where each block of a scan begins among its [Tokens], and its DC value, in coding order: for whoever needs
/// blocks in another order. Reused from picture to picture. Not thread-safe.
public final class BlockIndex {
    private static final int DC_BITS = 16;

    private final boolean keeps;
    private long[] entries = new long[1];

    private BlockIndex(boolean keeps) {
        this.keeps = keeps;
    }

    public BlockIndex() {
        this(true);
    }

    /// For whoever fills an index that nobody wants.
    public static BlockIndex ofNothing() {
        return new BlockIndex(false);
    }

    /// Makes room for a scan of so many blocks.
    public void begin(int blocks) {
        if (keeps && entries.length <= blocks) {
            entries = new long[blocks + 1];
        }
    }

    /// By block, and one more for the end: what [#entry] makes. A single one for all where nothing is kept.
    public long[] entries() {
        return entries;
    }

    /// From one block's entry to the next one's: 0 where nothing is kept.
    public int step() {
        return keeps ? 1 : 0;
    }

    /// @param token place of the block's first token, which is that of its DC difference
    public static long entry(int token, int dc) {
        return (long) token << DC_BITS | dc & (1 << DC_BITS) - 1;
    }

    public int start(int block) {
        return (int) (entries[block] >>> DC_BITS);
    }

    public int dc(int block) {
        return (short) entries[block];
    }

    /// Bytes held.
    public long footprint() {
        return entries.length * 8L;
    }
}
