package dev.halftone.adapters.http.json;

import dev.halftone.domain.manifest.Assumption;
import java.util.List;

/// Something the reader of the CSV took for granted.
public record WarningJson(long line, String code, String message) {

    static List<WarningJson> of(List<Assumption> assumptions) {
        return assumptions.stream()
                .map(assumption -> new WarningJson(assumption.line(), assumption.code(), assumption.message()))
                .toList();
    }
}
