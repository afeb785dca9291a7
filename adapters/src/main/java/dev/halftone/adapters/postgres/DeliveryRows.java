package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.sealing.Sealing;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryAttempt;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads deliveries with their attempts.
final class DeliveryRows {
    static final String SELECT = """
            select d.id, e.type, w.id as webhook, w.url, w.secret, w.disabled, d.body, d.state, d.created, d.ended,
                   d.next_attempt, d.step,
                   array(select o.secret from webhook_old_secret o
                          where o.endpoint = w.key and o.expires > now() order by o.expires desc) as old_secrets
              from delivery d
              join event e on e.key = d.event
              join webhook_endpoint w on w.key = d.endpoint
            """;

    private DeliveryRows() {}

    /// @param query of [#SELECT]
    static List<Delivery> read(Handle handle, Query query) {
        // One round trip for all attempts: the ids are known only when the query was read.
        List<Delivery> bare =
                query.map((row, context) -> delivery(Sealing.of(handle), row)).list();
        Map<PublicId, List<DeliveryAttempt>> attempts = attempts(handle, bare);
        return bare.stream()
                .map(each -> with(each, attempts.getOrDefault(each.id(), List.of())))
                .toList();
    }

    private static Delivery with(Delivery bare, List<DeliveryAttempt> attempts) {
        return new Delivery(
                bare.id(),
                bare.type(),
                bare.webhook(),
                bare.endpoint(),
                bare.secrets(),
                bare.endpointDisabled(),
                bare.body(),
                bare.state(),
                bare.created(),
                bare.ended(),
                bare.nextAttempt(),
                bare.step(),
                attempts);
    }

    private static Delivery delivery(Sealing sealing, ResultSet row) throws SQLException {
        List<String> secrets = new ArrayList<>();
        secrets.add(row.getString("secret"));
        secrets.addAll(List.of((String[]) row.getArray("old_secrets").getArray()));
        return new Delivery(
                new PublicId(row.getString("id")),
                row.getString("type"),
                new PublicId(row.getString("webhook")),
                new SourceUrl(URI.create(row.getString("url"))),
                secrets.stream()
                        .flatMap(secret -> sealing.open(secret).stream())
                        .toList(),
                row.getTimestamp("disabled") != null,
                Optional.ofNullable(row.getString("body")),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("created").toInstant(),
                instant(row, "ended"),
                row.getTimestamp("next_attempt").toInstant(),
                row.getInt("step"),
                List.of());
    }

    private static Map<PublicId, List<DeliveryAttempt>> attempts(Handle handle, List<Delivery> deliveries) {
        Map<PublicId, List<DeliveryAttempt>> attempts = new HashMap<>();
        if (deliveries.isEmpty()) {
            return attempts;
        }
        handle.createQuery("""
                        select d.id, a.number, a.at, a.duration_ms, a.status, a.reason, a.answer, a.next_attempt
                          from delivery d join delivery_attempt a on a.delivery = d.key
                         where d.id = any(:ids) order by a.number
                        """)
                .bindArray(
                        "ids",
                        String.class,
                        deliveries.stream()
                                .map(each -> (Object) each.id().value())
                                .toArray())
                .map((row, context) -> Map.entry(new PublicId(row.getString("id")), attempt(row)))
                .forEach(entry -> attempts.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return attempts;
    }

    private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                row.getInt("number"),
                row.getTimestamp("at").toInstant(),
                Duration.ofMillis(row.getLong("duration_ms")),
                result(row),
                instant(row, "next_attempt"));
    }

    private static DeliveryResult result(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        if (row.wasNull()) {
            return new DeliveryResult.Unreachable(row.getString("reason"));
        }
        String answer = Optional.ofNullable(row.getString("answer")).orElse("");
        return status >= 200 && status < 300
                ? new DeliveryResult.Accepted(status, answer)
                : new DeliveryResult.Refused(status, Optional.empty(), answer);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp at = row.getTimestamp(column);
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
