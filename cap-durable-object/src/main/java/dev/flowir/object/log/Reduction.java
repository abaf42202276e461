package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies a reducer and sees whether it is pure: it runs a second time on copies, made from the
 * JSON of what it was given, and must give the same; and what it was given must be as before.
 */
final class Reduction<S, E> {

    private final LogDefinition<S, E> definition;
    private final LogJson<S, E> json;
    private boolean running;

    Reduction(LogDefinition<S, E> definition, LogJson<S, E> json) {
        this.definition = definition;
        this.json = json;
    }

    /** True while the reducer runs: nothing of the log may be used then. */
    boolean isRunning() {
        return running;
    }

    /** The next state, unseen. */
    S apply(S state, Envelope<E> event) {
        running = true;
        try {
            @Nullable S next = definition.reducer().apply(state, event);
            if (next == null) {
                throw impure(event, "gave null");
            }
            return next;
        } finally {
            running = false;
        }
    }

    /** The next state; refused when the reducer is not pure. */
    S checked(S state, Envelope<E> event) {
        byte[] before = json.encode(state);
        JsonValue row = json.value(event);
        S next = apply(state, event);
        if (!same(before, json.encode(state))) {
            throw impure(event, "changed the state that it was given");
        }
        if (!json.value(event).equals(row)) {
            throw impure(event, "changed the event that it was given");
        }
        S again = apply(json.decode(before), json.event(row));
        difference(next, again)
                .ifPresent(text -> {
                    throw impure(event, "gave two states for one: " + text);
                });
        return next;
    }

    /** What differs between two states; empty when they are one. */
    Optional<String> difference(S one, S other) {
        byte[] first = json.encode(one);
        byte[] second = json.encode(other);
        if (same(first, second)) {
            return Optional.empty();
        }
        int at = Arrays.mismatch(first, second);
        return Optional.of(around(first, at) + " and " + around(second, at));
    }

    /** Alike but for the order of members, which a map need not keep. */
    private static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other) || LogJson.parsed(one).equals(LogJson.parsed(other));
    }

    private static String around(byte[] text, int at) {
        int from = Math.max(0, at - 20);
        int to = Math.min(text.length, at + 20);
        return "…"
                + new String(text, from, to - from, java.nio.charset.StandardCharsets.UTF_8)
                + "…";
    }

    LogException impure(Envelope<E> event, String what) {
        return new LogException(
                LogFault.IMPURE_REDUCER,
                "the reducer "
                        + what
                        + ", at event "
                        + event.version()
                        + " of type '"
                        + event.type()
                        + "'; it may use its arguments and nothing else");
    }
}
