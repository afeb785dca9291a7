package dev.halftone.app.wiring;

import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.access.Locks;
import dev.halftone.adapters.http.access.OwnNames;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.access.JdbiKeyStore;
import dev.halftone.adapters.postgres.access.JdbiSessionStore;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.access.CheckKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door of the service, locked or open as the settings say.
final class Gatehouse {
    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);

    private Gatehouse() {}

    private static Set<String> host(URI publicUrl) {
        return Optional.ofNullable(publicUrl.getHost())
                .map(host -> Set.of(host.toLowerCase(Locale.ROOT)))
                .orElse(Set.of());
    }

    static Door door(
            HalftoneConfig config, Database database, URI publicUrl, SecureRandom random, InstantSource clock) {
        if (!config.access().keys()) {
            LOG.info("no API key is asked for: whoever reaches {}:{} may do everything", config.host(), config.port());
            return config.listensOnLoopback() ? Door.open(new OwnNames(host(publicUrl))) : Door.OPEN;
        }
        JdbiKeyStore keys = new JdbiKeyStore(database);
        JdbiSessionStore sessions = new JdbiSessionStore(database);
        if (keys.list().stream().allMatch(key -> key.revoked().isPresent())) {
            LOG.warn(
                    "an API key is needed and there is none yet, so nobody gets in; make one: halftone keys create NAME");
        }
        return Door.locked(new Locks(
                new CheckKey(keys, sessions, clock),
                sessions,
                config.access().limits(),
                "https".equalsIgnoreCase(publicUrl.getScheme()),
                random,
                clock));
    }
}
