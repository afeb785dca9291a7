package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import java.util.List;
import java.util.Objects;

/// What the fused loop needs to know of one block of an MCU.
///
/// @param component its index in the frame
/// @param dcLookup `dc`'s look-up
/// @param maps factor and offset as [Requantiser#maps] gives them
/// @param penalties as [Requantiser#penalties] gives them
/// @param dcToken a [Tokens] token of the table that DC symbols are counted in
/// @param acToken likewise for AC symbols; by itself an end of block
@SuppressWarnings("ArrayRecordComponent")
record BlockPlan(
        int component,
        Requantiser requantiser,
        HuffmanTable dc,
        int[] dcLookup,
        SkipTable skip,
        long[] maps,
        int[] penalties,
        int dcToken,
        int acToken) {

    /// The blocks of an MCU in coding order (T.81 A.2.3); a scan of one component has one block an MCU.
    static BlockPlan[] mcu(Scan scan, List<Requantiser> requantisers, SkipTables skipTables) {
        boolean single = scan.components().size() == 1;
        return scan.components().stream()
                .flatMap(one -> {
                    BlockPlan plan = of(one, requantisers.get(one.component().index()), skipTables);
                    int count = single
                            ? 1
                            : one.component().horizontal() * one.component().vertical();
                    return java.util.stream.Stream.generate(() -> plan).limit(count);
                })
                .toArray(BlockPlan[]::new);
    }

    private static BlockPlan of(ScanComponent one, Requantiser requantiser, SkipTables skipTables) {
        HuffmanTable dc = Objects.requireNonNull(one.dc());
        return new BlockPlan(
                one.component().index(),
                requantiser,
                dc,
                dc.lookup(),
                skipTables.of(Objects.requireNonNull(one.ac()), requantiser),
                requantiser.maps(),
                requantiser.penalties(),
                requantiser.tokenTable() << 28,
                requantiser.tokenTable() + 1 << 28);
    }
}
