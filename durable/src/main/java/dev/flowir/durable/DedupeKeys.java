package dev.flowir.durable;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rows of one binding: a key is absent, reserved, or has an outcome. */
final class DedupeKeys {

    private static final int FORGOTTEN_AT_A_TIME = 100;

    private final Store store;
    private final String binding;
    private final long keptMillis;

    DedupeKeys(Store store, String binding, Duration kept) {
        this.store = store;
        this.binding = binding;
        this.keptMillis = kept.toMillis();
    }

    /** What is known of a key. */
    sealed interface Known {}

    /** The effect happened. */
    record Done(Payload outcome) implements Known {}

    /** The key is the caller's now; when somebody began before, and nobody knows what became. */
    record Reserved(Optional<Instant> begunBefore) implements Known {}

    private record Row(long reservedMillis, Optional<Payload> outcome) {}

    /** Reserves a key that has no outcome. */
    Known reserve(String key, Fence fence) {
        return store.write(tx -> {
            fence.ensureCurrent();
            forget(tx);
            Optional<Row> row =
                    tx.first(
                            "SELECT reserved_at, outcome FROM flowir_dedupe_keys"
                                    + " WHERE binding = ? AND key = ?",
                            found ->
                                    new Row(
                                            found.getLong(1),
                                            Optional.ofNullable(found.getBytes(2))
                                                    .map(Payload::of)),
                            binding,
                            key);
            Optional<Payload> outcome = row.flatMap(Row::outcome);
            if (outcome.isPresent()) {
                return new Done(outcome.get());
            }
            long now = tx.nowMillis();
            tx.run(
                    "INSERT INTO flowir_dedupe_keys VALUES (?, ?, ?, ?, NULL)"
                            + " ON CONFLICT DO UPDATE SET forget_at = excluded.forget_at",
                    binding,
                    key,
                    now,
                    now + keptMillis);
            return new Reserved(row.map(it -> Instant.ofEpochMilli(it.reservedMillis())));
        });
    }

    private void forget(WriteTx tx) {
        tx.run(
                "DELETE FROM flowir_dedupe_keys WHERE (binding, key) IN (SELECT binding, key FROM"
                        + " flowir_dedupe_keys WHERE binding = ? AND forget_at <= ? LIMIT ?)",
                binding,
                tx.nowMillis(),
                FORGOTTEN_AT_A_TIME);
    }

    /** The effect happened and gave {@code outcome}; refused when the attempt no longer counts. */
    void done(String key, Fence fence, byte[] outcome) {
        store.execute(tx -> {
            fence.ensureCurrent();
            tx.run(
                    "INSERT INTO flowir_dedupe_keys VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                            + " SET forget_at = excluded.forget_at, outcome = excluded.outcome",
                    binding,
                    key,
                    tx.nowMillis(),
                    tx.nowMillis() + keptMillis,
                    outcome);
        });
    }
}
