package dev.halftone.adapters.http.access;

import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Who asks, as the door has found out.
public final class Callers {
    static final String ATTRIBUTE = "caller";

    private Callers() {}

    /// @param remains whether what the caller came in with would let them in now, for answers that last
    public record Entered(Caller caller, BooleanSupplier remains) {}

    /// @throws IllegalStateException on a route that lets in whom nobody knows
    public static Entered entered(Context ctx) {
        return known(ctx.attribute(ATTRIBUTE));
    }

    /// Likewise, of a WebSocket.
    public static Entered entered(WsContext ctx) {
        return known(ctx.attribute(ATTRIBUTE));
    }

    private static Entered known(@Nullable Entered entered) {
        if (entered == null) {
            throw new IllegalStateException("the door has let in nobody that is known");
        }
        return entered;
    }

    public static Caller of(Context ctx) {
        return entered(ctx).caller();
    }

    public static Owner owner(Context ctx) {
        return of(ctx).owner();
    }

    /// Who is logged in, on a route that lets everybody in; everybody is, where keys are off.
    public static Optional<Owner> visitor(Context ctx) {
        Door door = ctx.appData(Door.KEY);
        return door.isLocked() ? door.loggedIn(ctx).map(ApiKey::owner) : Optional.of(Owner.LOCAL);
    }

    /// Whether this service asks for keys at all.
    public static boolean matter(Context ctx) {
        return ctx.appData(Door.KEY).isLocked();
    }
}
