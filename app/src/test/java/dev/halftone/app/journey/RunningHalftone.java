package dev.halftone.app.journey;

import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.wiring.Halftone;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The service in this process, with a folder and a port of its own, beside an image host that it may reach.
public final class RunningHalftone implements AutoCloseable {
    private final ImageHost host;
    private final HalftoneConfig config;
    private final Halftone halftone;
    private final String base;
    private final Api api;

    /// @param more settings
    public RunningHalftone(Path folder, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("HALFTONE_OUTBOUND_ALLOW", "127.0.0.1");
        host = new ImageHost();
        config = config(folder, settings);
        halftone = Halftone.forService(config);
        halftone.startWorker();
        base = halftone.startServer();
        api = new Api(base);
    }

    /// Of a service on any port, with its data in a folder.
    static HalftoneConfig config(Path folder, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("HALFTONE_PORT", "0");
        settings.put("HALFTONE_DATA_DIR", folder.toString());
        return ConfigReader.read(Environment.read(settings, Map.of(), folder));
    }

    public ImageHost host() {
        return host;
    }

    HalftoneConfig config() {
        return config;
    }

    public List<LiveRoutes.Route> routes() {
        return halftone.routes();
    }

    /// Where it listens, as `http://…` without a slash at the end.
    public String base() {
        return base;
    }

    /// A client without a key.
    public Api api() {
        return api;
    }

    @Override
    public void close() {
        api.close();
        halftone.close();
        host.close();
    }
}
