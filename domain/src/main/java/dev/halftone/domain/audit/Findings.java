package dev.halftone.domain.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers what a verification finds; memory is bounded. Thread-safe.
final class Findings {
    private final Map<String, Long> checked = new LinkedHashMap<>();
    private final List<Finding> listed = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long found;

    synchronized void counted(String what, long more) {
        checked.merge(what, more, Long::sum);
    }

    synchronized void note(String what) {
        notes.add(what);
    }

    void add(Check check, String where, String what) {
        add(new Finding(check, where, what));
    }

    synchronized void add(Finding finding) {
        found++;
        if (listed.size() < VerifyStock.LISTED) {
            listed.add(finding);
        }
    }

    synchronized StockReport report() {
        return new StockReport(checked, listed, found, notes);
    }
}
