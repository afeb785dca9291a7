package dev.halftone.adapters.postgres.embedded;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// As whom the server's programs run. PostgreSQL refuses to run as root; where we are root, they run in a user
/// namespace of their own, in which they are nobody, or, where a container forbids that, as the user `nobody`.
///
/// @param prefix what stands before each command
record ServerUser(List<String> prefix) {

    /// Decides, and hands the folder over where that is needed. A folder that has an owner other than root keeps
    /// it.
    static ServerUser of(Path home) throws IOException, InterruptedException {
        if (!isRoot()) {
            return new ServerUser(List.of());
        }
        int owner = (Integer) Files.getAttribute(home, "unix:uid");
        if (owner != 0) {
            int group = (Integer) Files.getAttribute(home, "unix:gid");
            return setpriv(owner, group);
        }
        if (ServerCommand.succeeds(List.of("unshare", "--user", "true"))) {
            return new ServerUser(List.of("unshare", "--user"));
        }
        int nobody = 65_534;
        if (!ServerCommand.succeeds(List.of("setpriv", "--reuid=" + nobody, "--clear-groups", "true"))) {
            throw new DatabaseRefused("PostgreSQL does not run as root, and neither unshare nor setpriv works here."
                    + " Run Halftone as an ordinary user, or set HALFTONE_DATABASE_URL.");
        }
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", nobody, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", nobody, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            }
        }
        return setpriv(nobody, nobody);
    }

    private static ServerUser setpriv(int user, int group) {
        return new ServerUser(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? (Integer) Files.getAttribute(self, "unix:uid") == 0
                : System.getProperty("user.name").equals("root");
    }
}
