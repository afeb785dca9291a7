package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Durations;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.transform.TransformRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Signs the address of a picture with the key that the service checks.
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Prints the address of a transformed picture with its signature (HALFTONE_SIGNING_KEY).")
public final class SignCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("(https?://[^/?#]+)?(/[^?#]*)(?:\\?([^#]*))?");

    @Parameters(
            paramLabel = "ADDRESS",
            description =
                    "Such as '/images/ID?w=300'; a host before it is kept. Quote it: & means something to shells.")
    private String address = "";

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "How long the link works, such as 24h, 30m or 7d; for ever without it.")
    private Optional<String> expires = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        HalftoneConfig config = ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of("")));
        String key = config.transforms()
                .signingKey()
                .orElseThrow(
                        () -> new CommandRefused("HALFTONE_SIGNING_KEY is not set: there is nothing to sign with"));
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new CommandRefused("the address is a path such as /images/ID?w=300, not \"" + address + '"');
        }
        String host = parts.group(1) == null ? "" : parts.group(1);
        String query = parts.group(3) == null ? "" : parts.group(3);
        try {
            String signed = new SignedLink(key).sign(parts.group(2), query, end());
            spec.commandLine().getOut().println(host + signed);
            spec.commandLine().getOut().flush();
        } catch (TransformRefused refused) {
            throw new CommandRefused(String.valueOf(refused.getMessage()));
        }
        return 0;
    }

    private Optional<Instant> end() {
        return expires.map(written -> {
            Duration time = Durations.parse(written)
                    .filter(Duration::isPositive)
                    .orElseThrow(() ->
                            new CommandRefused("--expires is a time such as 24h, 30m or 7d, not \"" + written + '"'));
            return Instant.now().plus(time);
        });
    }
}
