package dev.halftone.adapters.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Whether the server answers at all, asked over a connection of its own: what tells a statement that takes
/// minutes from a server that is gone. The connection is opened with the first question, since most work is done
/// before anybody asks. Of one asker at a time.
final class Lookout implements BooleanSupplier, AutoCloseable {
    private static final int SECONDS = 2;

    private final PostgresSettings settings;
    private @Nullable Connection connection;
    private boolean closed;

    Lookout(PostgresSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized boolean getAsBoolean() {
        if (closed) {
            return true;
        }
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(settings.url(), properties());
            }
            return connection.isValid(SECONDS);
        } catch (SQLException e) {
            // One that refuses another connection is there.
            return e.getSQLState() != null && e.getSQLState().startsWith("53");
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        for (String limit : new String[] {"connectTimeout", "loginTimeout", "socketTimeout"}) {
            properties.setProperty(limit, String.valueOf(SECONDS));
        }
        properties.setProperty("ApplicationName", "halftone-lookout");
        return properties;
    }

    /// Returns at once: who has finished does not wait for a question that is under way.
    @Override
    public void close() {
        Thread.ofVirtual().name("database-lookout").start(this::end);
    }

    private synchronized void end() {
        closed = true;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It goes with its server.
                connection = null;
            }
        }
    }
}
