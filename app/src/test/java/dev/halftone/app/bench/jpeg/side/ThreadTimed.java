package dev.halftone.app.bench.jpeg.side;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/// A side that runs on the calling thread: its cost is that thread's CPU time, without compiler and collector.
abstract class ThreadTimed implements Side {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public final Cost time(Path photo, byte[] source, int quality) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        byte[] output = encode(photo, source, quality);
        return new Cost(THREADS.getCurrentThreadCpuTime() - start, output.length);
    }

    @Override
    public void close() {}
}
