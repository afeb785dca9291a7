package dev.halftone.domain.rendition;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.transform.Parameter;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.QueryText;
import dev.halftone.domain.transform.TransformProblem;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRefused;
import dev.halftone.domain.transform.TransformRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads renditions such as `main:w=1600;thumb:w=300&fm=webp`: names and transforms in the parameters of
/// picture URLs. Every mistake is found, not only the first.
public final class RenditionsReader {
    public static final int MOST = 8;

    private static final int LONGEST = 4_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /// What makes sense in a link alone, or needs what a batch does not have.
    private static final Set<Parameter> ELSEWHERE =
            Set.of(Parameter.P, Parameter.S, Parameter.EXPIRES, Parameter.DL, Parameter.MARK);

    private static final TransformReader READER = new TransformReader(new TransformRules(
            Presets.NONE, false, Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)));

    private final CompressionTarget target;
    private final List<TransformProblem> problems = new ArrayList<>();

    private RenditionsReader(CompressionTarget target) {
        this.target = target;
    }

    /// @param target of the batch's main output: its quality is that of renditions that name none
    /// @throws TransformRefused with every mistake, each under its rendition's name
    public static List<Rendition> read(String text, CompressionTarget target) {
        return new RenditionsReader(target).read(text);
    }

    /// Renditions as one text that reads back as the same.
    public static String wire(List<Rendition> renditions) {
        return renditions.stream().map(Rendition::wire).collect(Collectors.joining(";"));
    }

    private List<Rendition> read(String text) {
        List<Rendition> renditions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String written : text.split(";")) {
            if (!written.isBlank()) {
                one(written.strip(), names).ifPresent(renditions::add);
            }
        }
        if (names.size() > MOST || text.length() > LONGEST) {
            problems.add(new TransformProblem(
                    "all", "expected at most " + MOST + " of them in at most " + LONGEST + " characters"));
        }
        if (!problems.isEmpty()) {
            throw new TransformRefused(problems);
        }
        return List.copyOf(renditions);
    }

    private Optional<Rendition> one(String written, Set<String> names) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon).strip();
        if (colon < 0 || !NAME.matcher(name).matches()) {
            problems.add(new TransformProblem(
                    '"' + shown(name) + '"',
                    "expected a name of small letters, digits, _ and -, a colon and a transform, as in thumb:w=300"));
            return Optional.empty();
        }
        if (!names.add(name)) {
            problems.add(new TransformProblem(name, "is there twice"));
        }
        String query = written.substring(colon + 1).strip();
        try {
            List<QueryText.Pair> pairs = QueryText.pairs(query);
            TransformQuery transform = READER.read(withQuality(pairs));
            return check(name, pairs, transform)
                    ? Optional.of(new Rendition(name, query, transform))
                    : Optional.empty();
        } catch (TransformRefused refused) {
            refused.problems().forEach(problem -> problem(name, problem.parameter(), problem.message()));
            return Optional.empty();
        }
    }

    private List<QueryText.Pair> withQuality(List<QueryText.Pair> pairs) {
        boolean named = pairs.stream()
                .flatMap(pair -> Parameter.named(pair.name()).stream())
                .anyMatch(parameter -> parameter == Parameter.Q || parameter == Parameter.AUTO);
        if (named || pairs.isEmpty() || !(target instanceof CompressionTarget.ToQuality quality)) {
            return pairs;
        }
        List<QueryText.Pair> all = new ArrayList<>(pairs);
        String value = String.valueOf(quality.quality().value());
        all.add(new QueryText.Pair(Parameter.Q.wire(), value, Parameter.Q.wire() + "=" + value));
        return all;
    }

    private boolean check(String name, List<QueryText.Pair> pairs, TransformQuery transform) {
        int before = problems.size();
        for (QueryText.Pair pair : pairs) {
            Parameter.named(pair.name())
                    .filter(ELSEWHERE::contains)
                    .ifPresent(parameter -> problem(
                            name,
                            parameter.wire(),
                            parameter == Parameter.MARK
                                    ? "lays an uploaded image on a single one; a batch's outputs take a text, with txt"
                                    : "belongs into an address, not into a rendition"));
        }
        if (transform.negotiates()) {
            problem(name, Parameter.AUTO.wire(), "a file has one format: name it with fm");
        }
        if (transform.original()) {
            problem(name, "transform", "expected at least one parameter, such as w=300");
        }
        return problems.size() == before;
    }

    private void problem(String name, String parameter, String message) {
        problems.add(new TransformProblem(name + ", " + parameter, message));
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
