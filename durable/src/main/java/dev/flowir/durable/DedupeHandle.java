package dev.flowir.durable;

import dev.flowir.ir.Codec;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One attempt's use of its idempotency key. */
final class DedupeHandle implements Dedupe {

    private final Codecs codecs;
    private final DedupeKeys keys;
    private final Map<String, DedupeHandle> holders;
    private final Scope scope;
    private final BooleanSupplier onWriter;
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean asked;

    /**
     * For one attempt.
     *
     * @param holders who holds which key in this process
     * @param onWriter whether the caller is inside a transaction of the store, where nobody may
     *     wait
     */
    DedupeHandle(
            Codecs codecs,
            DedupeKeys keys,
            Map<String, DedupeHandle> holders,
            Scope scope,
            BooleanSupplier onWriter) {
        this.codecs = codecs;
        this.keys = keys;
        this.holders = holders;
        this.scope = scope;
        this.onWriter = onWriter;
    }

    @Override
    public <T> T once(Class<T> type, Effect<T> effect) throws Exception {
        if (asked) {
            throw new IllegalStateException(
                    "node '" + scope.node() + "' does two things with one idempotency key");
        }
        asked = true;
        String key = scope.idempotencyKey();
        hold(key);
        try {
            Codec<T> codec = codecs.of(Type.of(type));
            return switch (keys.reserve(key, scope.fence())) {
                case DedupeKeys.Done done -> codec.decode(done.outcome().bytes());
                case DedupeKeys.Reserved reserved -> {
                    T value = effect.run(new Claim(key, reserved.begunBefore()));
                    keys.done(key, scope.fence(), codec.encode(value));
                    yield value;
                }
            };
        } finally {
            holders.remove(key, this);
            over.countDown();
        }
    }

    private void hold(String key) throws InterruptedException {
        DedupeHandle other = holders.putIfAbsent(key, this);
        while (other != null) {
            if (!other.scope.fence().isCurrent()) {
                if (holders.replace(key, other, this)) {
                    return; // given up: what it still does is refused
                }
            } else if (onWriter.getAsBoolean()) {
                throw new JournalException(
                        JournalFault.IN_PROGRESS,
                        "run '" + other.scope.runId() + "' does the same work now");
            } else {
                // Woken when it is over; looks now and then whether it was given up and hangs.
                boolean ended = other.over.await(1, TimeUnit.SECONDS);
                scope.fence().ensureCurrent();
                if (!ended) {
                    continue;
                }
            }
            other = holders.putIfAbsent(key, this);
        }
    }
}
