package dev.halftone.adapters.postgres;

import dev.halftone.domain.event.AttemptEnd;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryResult;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes what came of an attempt at a delivery, whose row the transaction holds.
final class AttemptLog {

    private AttemptLog() {}

    /// Moves the delivery to where the attempt leaves it.
    static void conclude(Handle handle, long delivery, AttemptEnd end, Optional<Instant> next) {
        Delivery.State state = end.succeeded()
                ? Delivery.State.DELIVERED
                : next.isPresent() ? Delivery.State.WAITING : Delivery.State.GIVEN_UP;
        handle.createUpdate("""
                        update delivery
                           set state = :state, step = step + 1, next_attempt = coalesce(:next, next_attempt),
                               ended = case when :state = 'waiting' then null else now() end
                         where key = :key
                        """)
                .bind("key", delivery)
                .bind("state", state.wire())
                .bind("next", next.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .execute();
    }

    /// Logs an attempt as the next in number.
    ///
    /// @param next when another one follows
    static void add(Handle handle, long delivery, AttemptEnd end, Optional<Instant> next) {
        @Nullable
        Integer status = switch (end.result()) {
            case DeliveryResult.Accepted accepted -> accepted.status();
            case DeliveryResult.Refused refused -> refused.status();
            case DeliveryResult.Unreachable unreachable -> null;
        };
        @Nullable
        String answer = switch (end.result()) {
            case DeliveryResult.Accepted accepted -> accepted.answer();
            case DeliveryResult.Refused refused -> refused.answer();
            case DeliveryResult.Unreachable unreachable -> null;
        };
        @Nullable
        String reason = end.result() instanceof DeliveryResult.Unreachable unreachable ? unreachable.reason() : null;
        handle.createUpdate("""
                        insert into delivery_attempt (delivery, number, at, duration_ms, status, reason, answer,
                                                      next_attempt)
                        select :delivery, coalesce(max(number), 0) + 1, :at, :took, :status, :reason,
                               nullif(:answer, ''), :next
                          from delivery_attempt where delivery = :delivery
                        """)
                .bind("delivery", delivery)
                .bind("at", end.at().atOffset(ZoneOffset.UTC))
                .bind("took", end.took().toMillis())
                .bind("status", status)
                .bind("reason", reason)
                .bind("answer", answer)
                .bind("next", next.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .execute();
    }
}
