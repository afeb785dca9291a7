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
public record StockReport(Map<String, Long> checked, List<Finding> findings, long found) {

    public StockReport {
        checked = Collections.unmodifiableMap(new LinkedHashMap<>(checked));
        findings = List.copyOf(findings);
    }

    /// Whether nothing was found.
    public boolean isClean() {
        return found == 0;
    }
}
