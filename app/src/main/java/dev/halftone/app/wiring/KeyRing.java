package dev.halftone.app.wiring;

import dev.halftone.adapters.postgres.access.JdbiKeyStore;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.access.KeyStore;
import java.io.IOException;

/// The keys of a service, for the commands that make and revoke them, while it runs or not.
public final class KeyRing implements AutoCloseable {
    private final Storehouse storehouse;

    private KeyRing(Storehouse storehouse) {
        this.storehouse = storehouse;
    }

    public static KeyRing open(HalftoneConfig config) throws IOException, InterruptedException {
        return new KeyRing(Storehouse.join(config));
    }

    public KeyStore keys() {
        return new JdbiKeyStore(storehouse.database());
    }

    @Override
    public void close() {
        storehouse.close();
    }
}
