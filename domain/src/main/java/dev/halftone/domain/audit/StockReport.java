package dev.halftone.domain.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a verification looked at and found.
///
/// @param checked how many of what were looked at, in the order in which they were
/// @param findings the first [VerifyStock#LISTED]
/// @param found how many there are in all
/// @param notes what could not be looked at, and why
public record StockReport(Map<String, Long> checked, List<Finding> findings, long found, List<String> notes) {

    public StockReport {
        checked = Collections.unmodifiableMap(new LinkedHashMap<>(checked));
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /// Whether nothing was found.
    public boolean isClean() {
        return found == 0;
    }
}
