package dev.halftone.adapters.csv;

/// Keeps spreadsheets from running a cell: OWASP's rule against CSV injection, as ASVS 1.2.10 has it. A leading
/// apostrophe makes `=`, `+`, `-`, `@`, TAB, CR and NUL at the start plain text. Numbers such as `-5` are no exception:
/// `-2+3` begins like one.
final class FormulaGuard {
    private static final String STARTERS = "=+-@\t\r\0";

    private FormulaGuard() {}

    static String guarded(String cell) {
        return !cell.isEmpty() && STARTERS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
