package dev.halftone.app.bench.jpeg.side;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A side that runs on the calling thread: its cost is that thread's CPU time. What compiler and collector take
/// in other threads meanwhile is summed apart, since it cannot be told to which run it belongs.
abstract class ThreadTimed implements Side {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long threadNanos;
    private long processNanos;

    @Override
    public final Cost time(Path photo, byte[] source, int quality) throws IOException {
        long processStart = PROCESS.getProcessCpuTime();
        long start = THREADS.getCurrentThreadCpuTime();
        byte[] output = encode(photo, source, quality);
        long taken = THREADS.getCurrentThreadCpuTime() - start;
        threadNanos += taken;
        processNanos += PROCESS.getProcessCpuTime() - processStart;
        return new Cost(taken, output.length);
    }

    @Override
    public final void warmedUp() {
        threadNanos = 0;
        processNanos = 0;
    }

    @Override
    public final Optional<String> remark() {
        return threadNanos == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s: the whole process took %.2f times the CPU time of the thread while it ran",
                        name(),
                        processNanos / (double) threadNanos));
    }

    @Override
    public void close() {}
}
