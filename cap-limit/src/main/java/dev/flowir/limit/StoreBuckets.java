package dev.flowir.limit;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.util.concurrent.TimeUnit;

/** Buckets in an embedded store: a row for each that is not full. */
final class StoreBuckets implements Buckets {

    /** Rows of full buckets that one call may clear away. */
    private static final int FORGOTTEN_PER_CALL = 16;

    private static final Migrations SCHEMA =
            Migrations.of(
                    "limit",
                    Migration.sql(
                            "0001_buckets",
                            """
                            CREATE TABLE flowir_limit_buckets (
                              binding TEXT NOT NULL,
                              key TEXT NOT NULL,
                              full_at_nanos INTEGER NOT NULL,
                              PRIMARY KEY (binding, key)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_limit_full
                              ON flowir_limit_buckets (full_at_nanos);
                            """));

    private final Store store;
    private final String binding;
    private final Rate rate;

    private StoreBuckets(Store store, String binding, Rate rate) {
        this.store = store;
        this.binding = binding;
        this.rate = rate;
    }

    static StoreBuckets open(Store store, String binding, Rate rate) {
        store.migrate(SCHEMA);
        return new StoreBuckets(store, binding, rate);
    }

    @Override
    public long draw(String key, int permits, long mostNanos, Fence fence) {
        return store.write(tx -> {
            fence.ensureCurrent();
            long now = TimeUnit.MILLISECONDS.toNanos(tx.nowMillis());
            forget(tx, now);
            long fullAt =
                    tx.first(
                                    "SELECT full_at_nanos FROM flowir_limit_buckets"
                                            + " WHERE binding = ? AND key = ?",
                                    row -> row.getLong(1),
                                    binding,
                                    key)
                            .orElse(now);
            Draw draw = Draw.of(rate, fullAt, now, permits);
            if (draw.waitNanos() <= mostNanos) {
                tx.run(
                        "INSERT OR REPLACE INTO flowir_limit_buckets VALUES (?, ?, ?)",
                        binding,
                        key,
                        draw.fullAtNanos());
            }
            return draw.waitNanos();
        });
    }

    /** Of all bindings: whoever takes helps to keep the file small. */
    private static void forget(WriteTx tx, long now) {
        tx.run(
                "DELETE FROM flowir_limit_buckets WHERE (binding, key) IN (SELECT binding, key"
                        + " FROM flowir_limit_buckets WHERE full_at_nanos <= ?"
                        + " ORDER BY full_at_nanos LIMIT ?)",
                now,
                FORGOTTEN_PER_CALL);
    }

    @Override
    public void giveBack(String key, int permits) {
        store.execute(tx ->
                tx.run(
                        "UPDATE flowir_limit_buckets SET full_at_nanos = full_at_nanos - ?"
                                + " WHERE binding = ? AND key = ?",
                        permits * rate.gapNanos(),
                        binding,
                        key));
    }

    @Override
    public boolean mayWait() {
        return !store.inTransaction();
    }
}
