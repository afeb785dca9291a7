package dev.halftone.adapters.imaging.jpeg.fuzz;

import dev.halftone.adapters.imaging.jpeg.fixture.CodedBlocks;
import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the fuzzer starts from: a tiny file of each class, the corpus's small files where it is present, and some
/// choices for [ChosenFile].
final class FuzzSeeds {
    static final int LARGEST = 4096;

    /// Markers and what stands around them, in libFuzzer's form.
    private static final List<String> WORDS = List.of(
            "\\xFF\\xD8",
            "\\xFF\\xD9",
            "\\xFF\\xC0\\x00\\x0B\\x08",
            "\\xFF\\xC0\\x00\\x11\\x08",
            "\\xFF\\xC1",
            "\\xFF\\xC2\\x00\\x0B\\x08",
            "\\xFF\\xC2\\x00\\x11\\x08",
            "\\xFF\\xC4",
            "\\xFF\\xDB\\x00\\x43",
            "\\xFF\\xDB\\x00\\x84",
            "\\xFF\\xDD\\x00\\x04\\x00",
            "\\xFF\\xDA\\x00\\x08\\x01",
            "\\xFF\\xDA\\x00\\x0C\\x03",
            "\\x00\\x3F\\x00",
            "\\x01\\x3F\\x01",
            "\\x01\\x3F\\x10",
            "\\x00\\x00\\x01",
            "\\x00\\x00\\x10",
            "\\x01\\x05\\x02",
            "\\xFF\\x00",
            "\\xFF\\xD0",
            "\\xFF\\xD1",
            "\\xFF\\xD7",
            "\\x01\\x22\\x00\\x02\\x11\\x01\\x03\\x11\\x01",
            "\\x01\\x11\\x00\\x02\\x11\\x01\\x03\\x11\\x01");

    private FuzzSeeds() {}

    static void writeTo(Path folder) throws IOException {
        int number = 0;
        for (byte[] seed : all()) {
            if (seed.length <= LARGEST) {
                Files.write(folder.resolve("seed-" + number++), seed);
            }
        }
    }

    static void writeDictionary(Path file) throws IOException {
        Files.write(file, WORDS.stream().map(word -> '"' + word + '"').toList());
    }

    private static List<byte[]> all() throws IOException {
        List<byte[]> seeds = new ArrayList<>(MadeJpegs.classes(19, 13, 60).values());
        seeds.addAll(SmallJpegs.all().values());
        byte[] dc = new CodedBlocks().dc(1, "1").dc(0, "").toBytes('1');
        byte[] ac = new CodedBlocks().ac(0x01, "1").endOfBlock().ac(0x10, "0").toBytes('1');
        seeds.add(CodedBlocks.progressive(2, 0, List.of(dc, ac)));
        if (CorpusJpegs.isPresent()) {
            for (Path file : CorpusJpegs.all()) {
                if (Files.size(file) <= LARGEST) {
                    seeds.add(CorpusJpegs.read(file));
                }
            }
        }
        Random random = new Random(91);
        for (int i = 0; i < 40; i++) {
            byte[] choices = new byte[20 + random.nextInt(400)];
            random.nextBytes(choices);
            seeds.add(choices);
        }
        return seeds;
    }
}
