package dev.halftone.domain.transform;

import dev.halftone.domain.image.ImageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a URL's query as a transform, in its canonical form: aliases, presets, `dpr` and `auto=compress` resolved,
/// what has no effect left out. Every mistake is found, not only the first. Immutable, thread-safe.
public final class TransformReader {
    private static final String COMPRESSED = "45";
    private static final Set<Parameter> BESIDE_A_PRESET =
            Set.of(Parameter.P, Parameter.DL, Parameter.EXPIRES, Parameter.S);

    private final TransformRules rules;

    public TransformReader(TransformRules rules) {
        this.rules = rules;
    }

    public TransformRules rules() {
        return rules;
    }

    /// @param rawQuery as it stands in the URL, without `?`
    /// @throws TransformRefused with every mistake
    public TransformQuery read(String rawQuery) {
        return read(QueryText.pairs(rawQuery));
    }

    /// @throws TransformRefused with every mistake
    public TransformQuery read(List<QueryText.Pair> pairs) {
        Given given = new Given();
        given.read(pairs);
        List<TransformProblem> problems = new ArrayList<>(given.problems());
        checkPresetsOnly(given.values(), problems);
        Map<Parameter, String> values = withPreset(given.values(), problems);
        boolean negotiates = resolveAuto(values);
        checkFormat(values, problems);
        Settling settling = new Settling(values);
        problems.addAll(settling.resolveLengths());
        if ("min".equals(values.get(Parameter.FIT)) && "entropy".equals(values.get(Parameter.CROP))) {
            problems.add(
                    new TransformProblem(Parameter.CROP.wire(), "entropy and edges go with fit=crop, not with min"));
        }
        if (!problems.isEmpty()) {
            throw new TransformRefused(problems);
        }
        Optional<String> download = Optional.ofNullable(values.remove(Parameter.DL));
        Optional<Instant> expires = Optional.ofNullable(values.remove(Parameter.EXPIRES))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
        values.remove(Parameter.S);
        boolean original = values.isEmpty() && !negotiates;
        settling.dropIdle();
        if (values.isEmpty() && !original && !negotiates) {
            values.put(Parameter.Q, Parameter.Q.standard().orElseThrow());
        }
        boolean preset = given.values().containsKey(Parameter.P);
        return new TransformQuery(values, original, negotiates, preset, download, expires);
    }

    private void checkPresetsOnly(Map<Parameter, String> values, List<TransformProblem> problems) {
        if (rules.presetsOnly()) {
            values.keySet().stream()
                    .filter(parameter -> !BESIDE_A_PRESET.contains(parameter))
                    .map(parameter -> new TransformProblem(
                            parameter.wire(), "only presets are served here: name one with p" + presetNames()))
                    .forEach(problems::add);
        }
    }

    private Map<Parameter, String> withPreset(Map<Parameter, String> given, List<TransformProblem> problems) {
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        Optional<String> name = Optional.ofNullable(given.get(Parameter.P));
        if (name.isPresent()) {
            Optional<Map<Parameter, String>> preset = rules.presets().named(name.get());
            preset.ifPresent(values::putAll);
            if (preset.isEmpty()) {
                problems.add(new TransformProblem(
                        Parameter.P.wire(), "there is no preset \"" + name.get() + '"' + presetNames()));
            }
        }
        values.putAll(given);
        values.remove(Parameter.P);
        return values;
    }

    private String presetNames() {
        return rules.presets().names().isEmpty()
                ? " (none are configured)"
                : " (" + String.join(", ", rules.presets().names()) + ")";
    }

    /// @return whether the format is left to what the client takes; a format by name goes before that
    private static boolean resolveAuto(Map<Parameter, String> values) {
        boolean auto = "auto".equals(values.get(Parameter.FM)) && values.remove(Parameter.FM) != null;
        String wanted = values.getOrDefault(Parameter.AUTO, "");
        values.remove(Parameter.AUTO);
        if (wanted.contains("compress")) {
            values.putIfAbsent(Parameter.Q, COMPRESSED);
        }
        return (auto || wanted.contains("format")) && !values.containsKey(Parameter.FM);
    }

    private void checkFormat(Map<Parameter, String> values, List<TransformProblem> problems) {
        String wanted = values.get(Parameter.FM);
        if (wanted == null) {
            return;
        }
        boolean written = WireFormat.target(wanted)
                .filter(target -> rules.written().contains(target.over(ImageFormat.JPEG)))
                .isPresent();
        if (!written) {
            problems.add(new TransformProblem(
                    Parameter.FM.wire(),
                    wanted + " is not written by this service; it writes "
                            + String.join(", ", WireFormat.names(rules.written()))));
        }
    }
}
