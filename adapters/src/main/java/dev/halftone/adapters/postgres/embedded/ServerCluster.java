package dev.halftone.adapters.postgres.embedded;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The data of the server: made once, in one step, with a password from the first moment on.
///
/// @param data the folder that PostgreSQL calls PGDATA
/// @param password of the only user
record ServerCluster(Path data, String password) {
    static final String USER = "halftone";

    private static final String ACCESS = """
            # Written by Halftone at each start. Only this machine, only with the password.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /// Durability is PostgreSQL's default and is written down here so that nobody wonders; sizes fit a small
    /// machine.
    private static final String SETTINGS = """
            # Written by Halftone at each start.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 60
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = '1GB'
            shared_buffers = '128MB'
            huge_pages = off
            io_method = sync
            max_parallel_workers_per_gather = 0
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_checkpoints = off
            log_min_messages = warning
            """;

    /// Makes the cluster where there is none, and writes its configuration.
    static ServerCluster in(Path home, ServerBinaries binaries, ServerUser user)
            throws IOException, InterruptedException {
        Path data = home.resolve("cluster");
        Path password = home.resolve("password");
        if (!Files.isDirectory(data)) {
            create(home, data, password, binaries, user);
        }
        checkVersion(data, binaries, user);
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
        Files.writeString(data.resolve("postgresql.conf"), SETTINGS);
        return new ServerCluster(data, Files.readString(password).strip());
    }

    private static void create(Path home, Path data, Path password, ServerBinaries binaries, ServerUser user)
            throws IOException, InterruptedException {
        Path fresh = home.resolve("cluster.new");
        ServerBinaries.delete(fresh);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.setAttribute(password, "unix:uid", Files.getAttribute(home, "unix:uid"));
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.writeString(password, HexFormat.of().formatHex(secret));
        List<String> initdb = new ArrayList<>(List.of(binaries.program("initdb"), "-D", fresh.toString()));
        initdb.addAll(List.of("--username=" + USER, "--pwfile=" + password, "--auth=scram-sha-256"));
        initdb.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"));
        initdb.addAll(List.of("--builtin-locale=C.UTF-8", "--no-instructions"));
        ServerCommand.Result result = ServerCommand.run(user.command(initdb));
        if (result.exit() != 0) {
            throw new DatabaseRefused("The embedded database could not be made in " + home + ":\n" + result.output());
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkVersion(Path data, ServerBinaries binaries, ServerUser user)
            throws IOException, InterruptedException {
        String made = Files.readString(data.resolve("PG_VERSION")).strip();
        String ours = ServerCommand.run(user.command(List.of(binaries.program("postgres"), "--version")))
                .output();
        if (!ours.contains(" " + made + ".")) {
            throw new DatabaseRefused("The data in " + data + " are of PostgreSQL " + made + ", the server is " + ours
                    + ". Dump them with the old version, or use an external database.");
        }
    }

    /// A server that takes connections.
    record Running(int port, String password) {
        @Override
        public String toString() {
            return "Running[" + port + "]";
        }
    }

    /// What a server that runs has written down about itself: its port on the fourth line, its state on the
    /// eighth.
    static Optional<Running> running(Path home) throws IOException {
        Path notes = home.resolve("cluster").resolve("postmaster.pid");
        if (!Files.exists(notes)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(notes, StandardCharsets.UTF_8);
        if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) {
            return Optional.empty();
        }
        return Optional.of(new Running(
                Integer.parseInt(lines.get(3).strip()),
                Files.readString(home.resolve("password")).strip()));
    }

    /// Without the password.
    @Override
    public String toString() {
        return "ServerCluster[" + data + "]";
    }

    /// The process id of the server that has, or had, the data open.
    OptionalLong serverPid() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
            return OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException | RuntimeException none) {
            return OptionalLong.empty();
        }
    }

    /// Whether a process is a server that runs on these data. Process ids are reused, so the command line is
    /// looked at; a zombie does not run.
    boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie(pid))
                .map(process -> process.info().commandLine().orElse("postgres " + data))
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
