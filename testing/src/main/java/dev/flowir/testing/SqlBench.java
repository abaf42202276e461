package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.util.List;
import java.util.SortedMap;

/** A provider of SQL on the bench, with an empty database. */
public interface SqlBench extends Bench {

    /**
     * A bench for a provider that needs nothing else.
     *
     * @param provider the provider, with an empty database
     * @return the bench
     */
    static SqlBench of(CapabilityProvider provider) {
        return () -> provider;
    }

    /**
     * A handle that writes, outside of any run.
     *
     * @return a new one
     */
    default SqlWriter writer() {
        return handle(Sql.writer(provider().binding()));
    }

    /**
     * A handle that only reads, outside of any run.
     *
     * @return a new one
     */
    default SqlReader reader() {
        return handle(Sql.reader(provider().binding()));
    }

    /**
     * Whether statements are held to the limits of Cloudflare D1.
     *
     * @return true unless overridden
     */
    default boolean supportsD1Limits() {
        return true;
    }

    /**
     * Whether {@link #migrate} can be called: true for a provider that keeps track of the changes
     * to its schema.
     *
     * @return false unless overridden
     */
    default boolean supportsMigrations() {
        return false;
    }

    /**
     * Applies those scripts that were not applied yet, in the order of their names, each as one
     * transaction.
     *
     * @param scripts SQL by name
     * @return the names of those applied now, in order
     */
    default List<String> migrate(SortedMap<String, String> scripts) {
        throw new IllegalStateException("supportsMigrations() is true but migrate(...) is not");
    }

    /**
     * Whether {@link #failNext} can be called.
     *
     * @return false unless overridden
     */
    default boolean supportsFaults() {
        return false;
    }

    /**
     * Makes the next statements fail as a passing fault does: a lost connection, a lock.
     *
     * @param statements how many fail
     */
    default void failNext(int statements) {
        throw new IllegalStateException("supportsFaults() is true but failNext(...) is not there");
    }
}
