package dev.halftone.adapters.postgres.embedded;

import dev.halftone.adapters.postgres.DatabaseRefused;
import dev.halftone.adapters.postgres.PostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server with its data in a folder of ours: durable settings, a password, loopback only. It
/// survives a kill -9 of itself (it is started again on the same port) and of this process (the next start
/// stops what is left over first). One process at a time has the folder.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "halftone";
    private static final int START_TRIES = 20;

    /// Connections of a command beside a service.
    private static final int BESIDE = 2;

    private static final long LONGEST_LOG = 10L << 20;

    private final Path home;
    private final FolderLock lock;
    private final ServerBinaries binaries;
    private final ServerUser user;
    private final ServerCluster cluster;
    private final ScheduledExecutorService watch;
    private volatile int port;
    private volatile boolean closing;

    private EmbeddedPostgres(
            Path home, FolderLock lock, ServerBinaries binaries, ServerUser user, ServerCluster cluster) {
        this.home = home;
        this.lock = lock;
        this.binaries = binaries;
        this.user = user;
        this.cluster = cluster;
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("postgres-watch").factory());
    }

    /// Starts a server on the data in a folder, which is made when it is missing. Takes a second or two.
    ///
    /// @param folder for everything of the server, such as `data/postgres`
    /// @throws DatabaseRefused when that can't be done; the message says why
    public static EmbeddedPostgres start(Path folder) throws IOException, InterruptedException {
        Path home = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
        FolderLock lock = FolderLock.take(home);
        boolean started = false;
        try {
            ServerBinaries binaries = ServerBinaries.in(home);
            ServerUser user = ServerUser.of(home);
            ServerCluster cluster = ServerCluster.in(home, binaries, user);
            EmbeddedPostgres server = new EmbeddedPostgres(home, lock, binaries, user, cluster);
            server.stopLeftOver();
            server.shortenLog();
            server.startServer();
            server.createDatabase();
            server.watch.scheduleWithFixedDelay(server::restartIfGone, 500, 500, TimeUnit.MILLISECONDS);
            started = true;
            return server;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /// How to reach the server that a service runs on a folder, for a command beside it.
    ///
    /// @return empty where nobody has the folder: then [#start] may
    /// @throws DatabaseRefused when somebody has it, and the server is not up at this moment
    public static Optional<PostgresSettings> running(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        if (!FolderLock.isTaken(home)) {
            return Optional.empty();
        }
        return Optional.of(ServerCluster.running(home)
                .map(up -> new PostgresSettings(
                        url(up.port(), DATABASE), Optional.of(ServerCluster.USER), Optional.of(up.password()), BESIDE))
                .orElseThrow(() -> new DatabaseRefused("A service has the data folder " + home
                        + ", and its database is not up yet. Try again in a moment.")));
    }

    /// Whether there are data of a server in a folder.
    public static boolean exists(Path folder) {
        return Files.isDirectory(folder.resolve("cluster")) && Files.exists(folder.resolve("password"));
    }

    /// How to connect.
    public PostgresSettings settings() {
        return settings(port, cluster);
    }

    private static PostgresSettings settings(int port, ServerCluster cluster) {
        return PostgresSettings.of(
                url(port, DATABASE), Optional.of(ServerCluster.USER), Optional.of(cluster.password()));
    }

    /// The process id of the server.
    public OptionalLong pid() {
        return cluster.serverPid();
    }

    /// Stops the server: open transactions are rolled back, the rest is on disk.
    @Override
    public void close() {
        closing = true;
        watch.shutdown();
        try {
            watch.awaitTermination(30, TimeUnit.SECONDS);
            stopLeftOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the embedded database could not be stopped; the next start does that", e);
        } finally {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("the lock of {} could not be closed", home, e);
            }
        }
    }

    private void stopLeftOver() throws IOException, InterruptedException {
        OptionalLong pid = cluster.serverPid();
        if (pid.isEmpty()) {
            return;
        }
        if (cluster.runs(pid.getAsLong())
                && control(List.of("stop", "-w", "-t", "15", "-m", "fast")).exit() != 0
                && cluster.runs(pid.getAsLong())) {
            control(List.of("stop", "-w", "-t", "15", "-m", "immediate"));
        }
        // One that has ended is seen until its parent has taken notice.
        for (int looked = 0; looked < 50 && cluster.runs(pid.getAsLong()); looked++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        if (cluster.runs(pid.getAsLong())) {
            throw new DatabaseRefused("The server with process id " + pid.getAsLong() + " still runs on "
                    + cluster.data() + " and does not stop. End that process, then start again.");
        }
        // What a killed server left behind names a process that is gone, or is another by now.
        Files.deleteIfExists(cluster.data().resolve("postmaster.pid"));
    }

    private void startServer() throws IOException, InterruptedException {
        ServerCommand.Result last = new ServerCommand.Result(-1, "");
        for (int tried = 0; tried < START_TRIES; tried++) {
            if (port == 0 || last.output().contains("Address already in use")) {
                port = freePort();
            }
            last = control(List.of("start", "-w", "-t", "60", "-l", log().toString(), "-o", "-p " + port));
            if (last.exit() == 0) {
                LOG.info("embedded PostgreSQL runs on port {} with its data in {}", port, home);
                return;
            }
            last = new ServerCommand.Result(last.exit(), last.output() + "\n" + endOfLog());
            // Children of a killed server may take a moment to notice; until then the data are in use.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            stopLeftOver();
        }
        throw new DatabaseRefused("The embedded database in " + home + " does not start:\n" + last.output());
    }

    private void restartIfGone() {
        OptionalLong pid = cluster.serverPid();
        if (closing || pid.isPresent() && cluster.runs(pid.getAsLong())) {
            return;
        }
        LOG.warn("the embedded database is gone; starting it again");
        try {
            stopLeftOver();
            startServer();
        } catch (IOException | RuntimeException e) {
            LOG.error("the embedded database can't be started again; the next try follows", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServerCommand.Result control(List<String> action) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(binaries.program("pg_ctl")));
        command.addAll(action);
        command.addAll(List.of("-D", cluster.data().toString()));
        return ServerCommand.run(user.command(command));
    }

    private void createDatabase() {
        try (Connection connection =
                        DriverManager.getConnection(url(port, "postgres"), ServerCluster.USER, cluster.password());
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new DatabaseRefused("The embedded database in " + home + " refuses us: " + e.getMessage(), e);
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private void shortenLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LONGEST_LOG) {
            Files.move(log(), home.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String endOfLog() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        String text = Files.readString(log());
        return text.substring(Math.max(0, text.length() - 2_000));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
