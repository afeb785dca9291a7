package dev.halftone.adapters.http.imaginary;

import dev.halftone.adapters.http.imaginary.ImaginaryOperation.Ours;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.domain.pipeline.form.PipelineReader;
import dev.halftone.domain.pipeline.form.PipelineReader.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads imaginary's JSON pipelines as ours. Each step keeps to itself until it is run, because any of them may
/// be one whose failure does not matter.
public final class ImaginaryPipeline {
    private static final int MOST = 10;
    private static final Set<String> NAMES = Set.of("operation", "params", "ignore_failure");

    private ImaginaryPipeline() {}

    /// @param operations in the form that [PipelineReader] reads
    /// @param marks addresses of other images, by the ids that the operations name them with
    public record Step(List<Map<String, Object>> operations, Map<String, String> marks, boolean mayFail) {}

    /// @throws dev.halftone.adapters.http.problem.Refusal 400 with every mistake
    public static List<Step> read(Object written) {
        List<Mistake> mistakes = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        if (!(written instanceof List<?> list) || list.isEmpty() || list.size() > MOST) {
            throw Problems.of(new PipelineReader.Result.Bad(
                    List.of(new Mistake("operations", "is a list of 1 to " + MOST + " operations"))));
        }
        for (int i = 0; i < list.size(); i++) {
            List<Mistake> own = new ArrayList<>();
            Step step = step("operations[" + i + "]", i, list.get(i), own);
            if (own.isEmpty()) {
                steps.add(step);
            } else if (!step.mayFail()) {
                mistakes.addAll(own);
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problems.of(new PipelineReader.Result.Bad(mistakes));
        }
        return steps;
    }

    private static Step step(String path, int number, Object written, List<Mistake> mistakes) {
        if (!(written instanceof Map<?, ?> map) || !NAMES.containsAll(map.keySet())) {
            mistakes.add(new Mistake(path, "is an object with operation, params and ignore_failure"));
            return new Step(List.of(), Map.of(), false);
        }
        boolean mayFail = Boolean.TRUE.equals(map.get("ignore_failure"));
        Map<String, Object> params = new LinkedHashMap<>();
        if (map.get("params") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> params.put(String.valueOf(name), value));
        }
        Ours ours = new ImaginaryOperation(path, number, params, mistakes).named(String.valueOf(map.get("operation")));
        if (mistakes.isEmpty() && PipelineReader.read(ours.operations()) instanceof PipelineReader.Result.Bad bad) {
            bad.mistakes()
                    .forEach(mistake -> mistakes.add(new Mistake(
                            mistake.path().replaceFirst("^operations\\[\\d+]", path + ".params"), mistake.message())));
        }
        return new Step(ours.operations(), ours.marks(), mayFail);
    }
}
