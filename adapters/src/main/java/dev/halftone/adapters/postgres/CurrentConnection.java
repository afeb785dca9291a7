package dev.halftone.adapters.postgres;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Gives others the connection of the transaction that is under way in this thread, so that what they write
/// happens with it or not at all. They may close, commit and roll back as they are used to; only the
/// transaction's owner does.
public final class CurrentConnection implements DataSource {
    private final ScopedValue<Connection> current;

    CurrentConnection(ScopedValue<Connection> current) {
        this.current = current;
    }

    /// @throws SQLException outside of a transaction
    @Override
    public Connection getConnection() throws SQLException {
        if (!current.isBound()) {
            throw new SQLException("there is no transaction to join in this thread");
        }
        Connection owned = current.get();
        return (Connection) Proxy.newProxyInstance(
                CurrentConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "close", "commit", "rollback", "setAutoCommit" -> null;
                    default -> {
                        try {
                            yield method.invoke(owned, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
