package dev.flowir.kv;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Entries under keys, bound under one name: the provider of {@link Kv}'s tokens. Reads see every
 * acknowledged write. Thread-safe.
 */
public final class KvNamespace implements KvLimited {

    private final String kind;
    private final String binding;
    private final Table table;
    private final Checks checks;
    private final Pace pace;
    private final Descriptor descriptor;

    private KvNamespace(
            String kind,
            String binding,
            Table table,
            Checks checks,
            Pace pace,
            Descriptor descriptor) {
        this.kind = kind;
        this.binding = binding;
        this.table = table;
        this.checks = checks;
        this.pace = pace;
        this.descriptor = descriptor;
    }

    private static KvNamespace fresh(
            String kind, String binding, Table table, Descriptor descriptor) {
        Checks checks = new Checks(KvLimits.of(LimitProfile.MINIFLARE));
        return new KvNamespace(kind, binding, table, checks, new Pace(), descriptor);
    }

    /**
     * A namespace in memory with the limits of {@link LimitProfile#MINIFLARE}: gone with the
     * process.
     *
     * @param binding name that tokens ask for
     * @return the namespace, empty
     */
    public static KvNamespace memory(String binding) {
        return memory(binding, InstantSource.system());
    }

    /**
     * A namespace in memory whose entries expire by a clock.
     *
     * @param binding name that tokens ask for
     * @param clock the clock
     * @return the namespace, empty
     */
    public static KvNamespace memory(String binding, InstantSource clock) {
        return fresh(
                "kv.memory",
                binding,
                new MemoryTable(clock),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.NONE,
                        Descriptor.Ttl.NATIVE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET)));
    }

    /**
     * A namespace in an embedded store with the limits of {@link LimitProfile#MINIFLARE}. What is
     * written survives the process; entries expire by the store's clock; writes inside a
     * transaction of the store commit with it. Namespaces of one name in one store are the same.
     *
     * @param binding name that tokens ask for, and name of the namespace
     * @param store the store
     * @return the namespace with what is in it
     */
    public static KvNamespace sqlite(String binding, Store store) {
        return fresh(
                "kv.sqlite",
                binding,
                SqliteTable.open(store, binding),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.LOCAL_DISK,
                        Descriptor.Ttl.NATIVE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET, Guarantee.SHARED_TRANSACTION)));
    }

    /**
     * The same entries under another binding, for a flow that calls them by another name.
     *
     * @param otherBinding name that tokens ask for
     * @return a provider of the same entries
     */
    public KvNamespace boundAs(String otherBinding) {
        return new KvNamespace(kind, otherBinding, table, checks, pace, descriptor);
    }

    /**
     * The same entries under other limits.
     *
     * @param limits the limits
     * @return a provider of the same entries
     */
    @Override
    public KvNamespace with(KvLimits limits) {
        return new KvNamespace(kind, binding, table, new Checks(limits), pace, descriptor);
    }

    /**
     * The same entries, promising no more than {@link Descriptor.Consistency#EVENTUAL} and no
     * compare-and-set: what Cloudflare KV gives. A flow that needs more is then refused here and
     * not first in production.
     *
     * @return a provider of the same entries
     */
    public KvNamespace promisingEventualOnly() {
        return new KvNamespace(
                kind,
                binding,
                table,
                checks,
                pace,
                new Descriptor(
                        Descriptor.Consistency.EVENTUAL,
                        descriptor.durability(),
                        descriptor.ttl(),
                        descriptor.ordering(),
                        Set.of()));
    }

    /** The same entries through something that stands before them. */
    KvNamespace seenThrough(UnaryOperator<Table> view) {
        return new KvNamespace("kv.site", binding, view.apply(table), checks, pace, descriptor);
    }

    /**
     * The limits in force.
     *
     * @return the numbers
     */
    @Override
    public KvLimits limits() {
        return checks.limits();
    }

    /**
     * A reading handle.
     *
     * @return a handle that only reads
     */
    public KvReader reader() {
        return new Reading(table, checks, Scope.outside(binding));
    }

    /**
     * A writing handle for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return a handle that reads and writes
     */
    public KvAtomicWriter writer(Scope scope) {
        return new Writing(table, checks, pace, scope);
    }

    /**
     * Deletes entries whose time is over, oldest first. They are invisible anyway, and each put
     * clears a few; a namespace that is seldom written may want more.
     *
     * @param most how many at most
     * @return how many there were
     */
    public int purgeExpired(int most) {
        return table.purge(most);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Kv.READ_HINT, Kv.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public boolean commitsWith(AutoCloseable store) {
        return table.isIn(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle =
                token.handle() == KvReader.class
                        ? new Reading(table, checks, scope)
                        : writer(scope);
        return token.handle().cast(handle);
    }
}
