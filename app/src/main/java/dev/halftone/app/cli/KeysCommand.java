package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.KeyRing;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.KeyStore;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.access.SecretToken;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and revokes API keys, while the service runs or not.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes API keys, while the service runs or not (HALFTONE_API_KEYS).")
public final class KeysCommand implements Runnable {
    private static final long MOST = 1_000_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, list or revoke.");
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and prints it, this once.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What people call it, such as shop or ci.") String name,
            @Option(
                            names = "--owner",
                            paramLabel = "NAME",
                            description = "Whose data it shows; the key's own name without it. local sees what was made"
                                    + " while no key was asked for.")
                    Optional<String> owner,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description = "Requests a minute, on each node; 0 for any number.")
                    Optional<Integer> rate,
            @Option(
                            names = "--quota",
                            paramLabel = "N",
                            description = "Images a day, of CSVs and uploads; 0 for any number.")
                    Optional<Long> quota)
            throws Exception {
        checkName("NAME", name);
        owner.ifPresent(given -> checkName("--owner", given));
        rate.ifPresent(number -> checkNumber("--rate", number, 1_000_000));
        quota.ifPresent(number -> checkNumber("--quota", number, MOST));
        SecretToken token = SecretToken.random(SecretToken.Kind.KEY, new SecureRandom());
        KeyStore.NewKey wanted = new KeyStore.NewKey(
                name,
                new Owner(owner.orElse(name)),
                token,
                rate.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                quota.map(OptionalLong::of).orElseGet(OptionalLong::empty));
        try (KeyRing ring = open()) {
            ApiKey made = ring.keys()
                    .create(wanted)
                    .orElseThrow(() -> new CommandRefused(
                            "there is a key with the name " + name + " already.",
                            "Revoke that one, or take another name with --owner " + name + "."));
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "The key " + made.name() + " of the owner " + made.owner() + ". Keep it: it is shown this once.");
            err.flush();
            PrintWriter out = spec.commandLine().getOut();
            out.println(token.text());
            out.flush();
        }
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all keys; none in full.")
    int list() throws Exception {
        try (KeyRing ring = open()) {
            PrintWriter out = spec.commandLine().getOut();
            KeysTable.lines(ring.keys().list()).forEach(out::println);
            out.flush();
        }
        return 0;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a key, and logs out who logged in with it; it holds everywhere within seconds.")
    int revoke(
            @Parameters(paramLabel = "NAME|PREFIX", description = "Its name, or how it begins, such as hft_4k2m9x7c.")
                    String which)
            throws Exception {
        try (KeyRing ring = open()) {
            ApiKey revoked = switch (ring.keys().revoke(which)) {
                case KeyStore.Revocation.Revoked(ApiKey key) -> key;
                case KeyStore.Revocation.Unknown() ->
                    throw new CommandRefused("there is no key with this name or beginning that is not revoked.");
                case KeyStore.Revocation.Several(List<ApiKey> keys) ->
                    throw new CommandRefused("several keys begin so: "
                            + keys.stream().map(ApiKey::name).collect(Collectors.joining(", ")) + ".");
            };
            PrintWriter out = spec.commandLine().getOut();
            out.println("The key " + revoked.name() + " (" + revoked.hint() + "…) is revoked.");
            out.flush();
        }
        return 0;
    }

    private static KeyRing open() throws Exception {
        return KeyRing.open(ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of(""))));
    }

    private static void checkName(String what, String name) {
        if (!Owner.isOwner(name)) {
            throw new CommandRefused(what + " is 1 to 63 small letters, digits, ., _ and -, a letter or digit first,"
                    + " not \"" + name + "\"");
        }
    }

    private static void checkNumber(String what, long number, long most) {
        if (number < 0 || number > most) {
            throw new CommandRefused(what + " is a whole number from 0 to " + most + ", not " + number);
        }
    }
}
