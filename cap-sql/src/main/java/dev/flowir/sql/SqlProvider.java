package dev.flowir.sql;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.util.Set;
import javax.sql.DataSource;

/**
 * SQL under one name: SQLite in the embedded store, or any database with a JDBC driver.
 *
 * <p>Statements are held to {@link SqlLimits#CLOUDFLARE_PROD} unless told otherwise, so that what
 * runs here also runs there.
 */
public final class SqlProvider implements CapabilityProvider {

    private final String binding;
    private final Engine engine;
    private final SqlLimits limits;

    SqlProvider(String binding, Engine engine, SqlLimits limits) {
        this.binding = binding;
        this.engine = engine;
        this.limits = limits;
    }

    /**
     * The tables of a store, file or memory. Two bindings on one store are the same database.
     *
     * @param binding name that tokens find it by
     * @param store where the tables are; stays the caller's to close
     * @return the provider
     */
    public static SqlProvider on(String binding, Store store) {
        return new SqlProvider(binding, new StoreEngine(store), SqlLimits.CLOUDFLARE_PROD);
    }

    /**
     * A database with a JDBC driver. Calls block the calling thread; a transaction holds one
     * connection. Scripts are cut into statements by SQLite's rules.
     *
     * @param binding name that tokens find it by
     * @param source gives connections, bounded: a pool
     * @param durability what a crash of the database's machine leaves
     * @return the provider
     */
    public static SqlProvider jdbc(
            String binding, DataSource source, Descriptor.Durability durability) {
        return new SqlProvider(
                binding, new JdbcEngine(source, durability), SqlLimits.CLOUDFLARE_PROD);
    }

    /**
     * The same database held to other limits.
     *
     * @param other a profile, for example {@link SqlLimits#UNBOUNDED}
     * @return the provider
     */
    public SqlProvider withLimits(SqlLimits other) {
        return new SqlProvider(binding, engine, other);
    }

    /**
     * A handle for work outside of runs, such as a host's own.
     *
     * @param who names the work
     * @return the handle
     */
    public SqlWriter outside(String who) {
        return new WriteHandle(engine, limits, Scope.outside(who));
    }

    @Override
    public String kind() {
        return engine.kind();
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Sql.READ_HINT, Sql.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return engine.descriptor();
    }

    @Override
    public boolean commitsWith(AutoCloseable store) {
        return engine.isIn(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle()
                .cast(
                        token.handle() == SqlWriter.class
                                ? new WriteHandle(engine, limits, scope)
                                : new ReadHandle(engine, limits, scope));
    }
}
