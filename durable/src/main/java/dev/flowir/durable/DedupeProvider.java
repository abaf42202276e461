package dev.flowir.durable;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Idempotency keys in an embedded store: reserved, then done, each one transaction. One process has
 * a store, so a key that is reserved on the disk and by nobody in this process was left there by
 * one that is gone. Have one of these for a binding and store.
 */
public final class DedupeProvider implements CapabilityProvider {

    /** How long keys are kept unless told, as long as runs that are over. */
    public static final Duration DEFAULT_KEPT = Duration.ofDays(30);

    private static final Migrations SCHEMA =
            Migrations.of(
                    "dedupe",
                    Migration.sql(
                            "0001_keys",
                            """
                            CREATE TABLE flowir_dedupe_keys (
                              binding TEXT NOT NULL,
                              key TEXT NOT NULL,
                              reserved_at INTEGER NOT NULL,
                              forget_at INTEGER NOT NULL,
                              outcome BLOB,
                              PRIMARY KEY (binding, key)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_dedupe_forget
                              ON flowir_dedupe_keys (binding, forget_at);
                            """));

    private final Codecs codecs = JsonCodecs.strict();
    private final String binding;
    private final Store store;
    private final Duration kept;
    private final Map<String, DedupeHandle> holders = new ConcurrentHashMap<>();

    private DedupeProvider(String binding, Store store, Duration kept) {
        this.binding = binding;
        this.store = store;
        this.kept = kept;
    }

    /**
     * Keys in a store, kept for {@link #DEFAULT_KEPT}.
     *
     * @param binding name that tokens find it by
     * @param store where keys are kept; stays the caller's to close
     * @return the provider
     */
    public static DedupeProvider on(String binding, Store store) {
        store.migrate(SCHEMA);
        return new DedupeProvider(binding, store, DEFAULT_KEPT);
    }

    /**
     * The same, keeping keys for another time.
     *
     * @param time counted from the last reservation or outcome
     * @return the provider
     */
    public DedupeProvider keeping(Duration time) {
        return new DedupeProvider(binding, store, time);
    }

    /** {@return how long a key is kept} */
    public Duration kept() {
        return kept;
    }

    @Override
    public String kind() {
        return "dedupe.sqlite";
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Dedupe.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                store.isDurable() ? Descriptor.Durability.LOCAL_DISK : Descriptor.Durability.NONE,
                Descriptor.Ttl.NATIVE,
                Descriptor.Order.NONE,
                Set.of(Guarantee.IDEMPOTENT_BY_KEY, Guarantee.SHARED_TRANSACTION));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very store, not one like it
    public boolean commitsWith(AutoCloseable other) {
        return store == other;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle()
                .cast(
                        new DedupeHandle(
                                codecs,
                                new DedupeKeys(store, binding, kept),
                                holders,
                                scope,
                                store::inTransaction));
    }
}
