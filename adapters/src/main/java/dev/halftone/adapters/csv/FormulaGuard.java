package dev.halftone.adapters.csv;

/// Keeps spreadsheets from running a cell: OWASP's rule against CSV injection. A leading apostrophe makes `=`, `+`,
/// `-`, `@`, TAB and CR at the start plain text. Numbers such as `-5` are no exception: `-2+3` begins like one.
final class FormulaGuard {
    private static final String STARTERS = "=+-@\t\r";

    private FormulaGuard() {}

    static String guarded(String cell) {
        return !cell.isEmpty() && STARTERS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
