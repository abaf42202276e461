package dev.flowir.durable;

import dev.flowir.ir.WriteToken;
import java.time.Instant;
import java.util.Optional;

/**
 * What a body uses to do something outside of the store once for each idempotency key, whichever
 * run asks. The key is reserved on the disk before the effect begins, and what it gave is on the
 * disk before anybody is told; whoever comes with the same key then gets that and does nothing.
 *
 * <p>When a process ends between the two, nobody here can know whether the effect happened. It is
 * begun again with the same key, and is told so: once only if the other side recognises the key or
 * can be asked.
 *
 * <pre>{@code
 * Node.effect("charge", Order.class, Receipt.class, Dedupe.in("charges"), Http.writer("bank"),
 *                 (dedupe, http, order, context) ->
 *                         dedupe.once(Receipt.class, claim -> charge(http, claim.key(), order)))
 *         .with(idempotent("{order}", Duration.ofDays(1)));
 * }</pre>
 */
public interface Dedupe {

    /** What preflight looks for. */
    String WRITE_HINT = "resource::dedupe::write";

    /**
     * {@return a token for keys that are kept under one name}
     *
     * @param binding name that a deployment binds
     */
    static WriteToken<Dedupe> in(String binding) {
        return WriteToken.of("dedupe", binding, Dedupe.class, WRITE_HINT, "resource::dedupe");
    }

    /**
     * The right to do something, reserved on the disk.
     *
     * @param key the idempotency key, to be handed to the other side
     * @param begunBefore when an attempt began of which nobody knows how it ended; empty when this
     *     is the first
     */
    record Claim(String key, Optional<Instant> begunBefore) {}

    /**
     * Something outside.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Effect<T> {

        /**
         * Does it.
         *
         * @param claim the right to
         * @return what it gave
         * @throws Exception when it failed; the next attempt is told that one began
         */
        T run(Claim claim) throws Exception;
    }

    /**
     * Does {@code effect}, or gives what it gave when it was done with this attempt's idempotency
     * key before. While another attempt does it, this one waits for what becomes of that.
     *
     * @param <T> what it gives
     * @param type its class, for the codec: a record, a boxed number, a String or a JsonValue
     * @param effect what to do
     * @return what it gave, now or then
     * @throws Exception what the effect threw
     * @throws IllegalStateException when this attempt asked before: a key is one effect
     * @throws dev.flowir.kernel.cap.StaleAttemptException when this attempt was given up meanwhile
     */
    <T> T once(Class<T> type, Effect<T> effect) throws Exception;
}
