package dev.halftone.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// CPU seconds and peak memory of processes as Linux counts them (proc(5)).
public final class ProcessCpu {
    private static final double TICKS = 100.0;

    private ProcessCpu() {}

    /// User and system seconds of a process and of its children, the ended ones too.
    public static double secondsOfTree(ProcessHandle root) {
        double sum = seconds(root.pid());
        for (ProcessHandle child : root.descendants().toList()) {
            sum += seconds(child.pid());
        }
        return sum;
    }

    private static double seconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks / TICKS;
        } catch (IOException gone) {
            return 0;
        }
    }

    /// The largest resident set this process ever had, in MiB.
    public static long peakRssMiB() throws IOException {
        return rssMiB(ProcessHandle.current().pid(), "VmHWM");
    }

    /// @param field `VmRSS` for now, `VmHWM` for the most there ever was
    static long rssMiB(long pid, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
