package dev.halftone.adapters.postgres;

import java.util.Optional;

/// Which PostgreSQL to use.
///
/// @param url `jdbc:postgresql://host:port/database`, parameters of pgjdbc allowed
/// @param user unless the URL names one
/// @param password unless the URL or pgjdbc's own means (`.pgpass`) give one
/// @param connections what the sizes of the pools are shares of: together they open nearly twice as many at most;
/// a node with workers needs at least 6
public record PostgresSettings(String url, Optional<String> user, Optional<String> password, int connections) {

    public static final int CONNECTIONS = 12;

    public PostgresSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database URL begins with jdbc:postgresql:, not \""
                    + url.substring(0, Math.min(url.length(), 20)) + "…\"");
        }
        if (connections < 2) {
            throw new IllegalArgumentException("the pool has at least 2 connections, not " + connections);
        }
    }

    public static PostgresSettings of(String url, Optional<String> user, Optional<String> password) {
        return new PostgresSettings(url, user, password, CONNECTIONS);
    }

    /// Without the password, nor anything after the `?` of the URL, where one may stand.
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
