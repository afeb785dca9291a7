package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Random transforms in random spellings: the same transform has the same text, and the text is the transform.
class CanonicalFormTest {
    private static final TransformReader READER = new TransformReader(new TransformRules(
            Presets.parse("card:w=400&h=300&fit=crop"),
            false,
            Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP)));
    private static final PixelSize SOURCE = new PixelSize(1_200, 900);

    /// Each value in several spellings.
    private static final Map<String, List<List<String>>> VALUES = Map.ofEntries(
            Map.entry("w", List.of(List.of("300", "0300", "300.0"), List.of("0.5", ".5", "0.50"), List.of("1400"))),
            Map.entry("h", List.of(List.of("200", "200.00"), List.of("1000"))),
            Map.entry(
                    "fit",
                    List.of(
                            List.of("max", "inside"),
                            List.of("crop", "cover"),
                            List.of("fill", "pad", "contain"),
                            List.of("scale", "stretch"),
                            List.of("clip"),
                            List.of("min"))),
            Map.entry("crop", List.of(List.of("top,left", "left,top", "northwest"), List.of("center", "centre"))),
            Map.entry("ar", List.of(List.of("16:9", "32:18"), List.of("1.5:1", "3:2"))),
            Map.entry("q", List.of(List.of("75"), List.of("60", "060"))),
            Map.entry("fm", List.of(List.of("jpg", "jpeg"), List.of("png"), List.of("webp"))),
            Map.entry("bg", List.of(List.of("fff", "FFFFFF", "white", "#ffffff", "ffffffff"))),
            Map.entry("rot", List.of(List.of("0", "0.0"), List.of("90", "90.0"), List.of("33.5"))),
            Map.entry("flip", List.of(List.of("hv", "vh"), List.of("h"))),
            Map.entry("blur", List.of(List.of("0"), List.of("40", "40.0"))),
            Map.entry("sharp", List.of(List.of("0"), List.of("12.5", "12.50"))),
            Map.entry("pad", List.of(List.of("0"), List.of("7"))),
            Map.entry("trim", List.of(List.of("auto", "color"))),
            Map.entry("rect", List.of(List.of("10,20,600,500"), List.of("0,0,.5,0.5", "0,0,0.5,0.50"))),
            Map.entry("dpr", List.of(List.of("1", "1.0"), List.of("2", "2.00"))),
            Map.entry("txt", List.of(List.of("Größe & Maß"))),
            Map.entry("txt-size", List.of(List.of("0.05"), List.of("40"))),
            Map.entry("txt-color", List.of(List.of("fff", "white"), List.of("8000"))),
            Map.entry("max-w", List.of(List.of("350"))));

    private static final Map<String, String> ALIASES =
            Map.of("w", "width", "h", "height", "q", "quality", "fm", "format");

    @RepeatedTest(300)
    void oneTextForAllSpellings(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> names = new ArrayList<>(VALUES.keySet());
        Collections.sort(names);
        Collections.shuffle(names, random);
        List<Map.Entry<String, List<String>>> chosen = new ArrayList<>();
        for (String name : names.subList(0, random.nextInt(7))) {
            List<List<String>> values = VALUES.getOrDefault(name, List.of());
            chosen.add(Map.entry(name, values.get(random.nextInt(values.size()))));
        }

        TransformQuery one = READER.read(spelled(chosen, random));
        TransformQuery other = READER.read(spelled(chosen, random));

        assertThat(other).isEqualTo(one);
        assertThat(other.canonical()).isEqualTo(one.canonical());
        TransformQuery again = READER.read(one.canonical());
        assertThat(again).isEqualTo(one);
        assertThat(again.canonical()).isEqualTo(one.canonical());
        assertThat(again.over(ImageFormat.PNG, SOURCE)).isEqualTo(one.over(ImageFormat.PNG, SOURCE));
    }

    private static String spelled(List<Map.Entry<String, List<String>>> chosen, Random random) {
        List<Map.Entry<String, List<String>>> shuffled = new ArrayList<>(chosen);
        Collections.shuffle(shuffled, random);
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : shuffled) {
            String name = random.nextBoolean() ? ALIASES.getOrDefault(each.getKey(), each.getKey()) : each.getKey();
            String value = each.getValue().get(random.nextInt(each.getValue().size()));
            pairs.add(name + "="
                    + (random.nextBoolean() || value.contains("&") || value.contains("#")
                            ? URLEncoder.encode(value, StandardCharsets.UTF_8)
                            : value));
        }
        return String.join("&", pairs);
    }
}
