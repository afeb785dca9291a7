package dev.halftone.app.cli;

import dev.halftone.app.wiring.Halftone;
import java.util.concurrent.CountDownLatch;

/// Waits for SIGTERM or Ctrl-C. The signal's thread closes the service before the process ends: requests in flight
/// are answered, running items get their time.
final class Shutdown {
    private final CountDownLatch asked = new CountDownLatch(1);

    private Shutdown() {}

    static Shutdown onSignal(Halftone halftone) {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            shutdown.asked.countDown();
                            halftone.close();
                        },
                        "halftone-shutdown"));
        return shutdown;
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
