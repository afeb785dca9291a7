package dev.halftone.app.config;

import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.imaging.onnx.InputScale;
import dev.halftone.adapters.storage.cloudinary.CloudinarySettings;
import dev.halftone.adapters.storage.s3.S3Settings;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings as they hold, checked.
///
/// @param publicUrl prefix of every URL handed out; empty to derive it from host and port
/// @param database a PostgreSQL of the operator's own; empty for the embedded one
/// @param storage where objects are kept
/// @param outboundAllow as written; the outbound adapter reads it
/// @param hostConcurrency downloads at once from one host
/// @param cpuTurns images burning CPU at once
/// @param libvips where libvips is looked for: `auto`, `off`, a file or a folder
/// @param tesseract where Tesseract is looked for: `auto`, `off` or a file
/// @param backgroundModel a model of the operator's own; empty for none
/// @param clients what every client is held to
public record HalftoneConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        Path dataDir,
        Optional<DatabaseAddress> database,
        Storage storage,
        String outboundAllow,
        int hostConcurrency,
        int cpuTurns,
        String libvips,
        String tesseract,
        Optional<BackgroundModel> backgroundModel,
        ImageLimits imageLimits,
        ManifestLimits manifestLimits,
        ClientLimits clients,
        TransformConfig transforms,
        AccessConfig access,
        KeepingConfig keeping) {

    /// Where a PostgreSQL is and who calls.
    public record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<String> password) {

        @Override
        public String toString() {
            return "DatabaseAddress[…]";
        }
    }

    /// An ONNX file, and what its samples have to be.
    public record BackgroundModel(Path file, InputScale input) {}

    /// Where objects are kept, and all that this place needs to know.
    public sealed interface Storage {
        /// A folder below the data directory.
        record File() implements Storage {}

        /// A bucket.
        record S3(S3Settings settings) implements Storage {}

        /// An environment of Cloudinary.
        record Cloudinary(CloudinarySettings settings) implements Storage {}
    }

    private static final Pattern LOOPBACK = Pattern.compile("(?i)127(\\.\\d{1,3}){3}|::1|\\[::1]|localhost");

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /// The prefix of every URL handed out.
    ///
    /// @param at the port that is listened on, where none was named
    public URI publicUrl(int at) {
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return publicUrl.orElseGet(() -> URI.create("http://" + (bare ? "[" + host + "]" : host) + ":" + at));
    }

    /// Whether only this machine reaches the service.
    public boolean listensOnLoopback() {
        return isLoopback(host);
    }

    /// A folder for uploads on their way in.
    public Path spoolDir() {
        return dataDir.resolve("spool");
    }

    /// The folder of transformed pictures.
    public Path variantsDir() {
        return dataDir.resolve("variants");
    }

    /// The folder of the file-system object store.
    public Path objectsDir() {
        return dataDir.resolve("objects");
    }
}
