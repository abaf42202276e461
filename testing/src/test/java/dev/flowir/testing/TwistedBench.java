package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlLimits;
import dev.flowir.sql.SqlProvider;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A good provider of SQL, to be broken in one place by overriding a method. */
class TwistedBench implements SqlBench, CapabilityProvider {

    private Store store = Store.inMemory(StoreOptions.defaults());
    private final SqlLimits limits;
    private final UnaryOperator<SqlWriter> twist;

    TwistedBench(SqlLimits limits, UnaryOperator<SqlWriter> twist) {
        this.limits = limits;
        this.twist = twist;
    }

    /** Broken where its writers are. */
    static TwistedBench writing(UnaryOperator<SqlWriter> twist) {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, twist);
    }

    static TwistedBench good() {
        return writing(writer -> writer);
    }

    final SqlProvider sql() {
        return SqlProvider.on("db", store).withLimits(limits);
    }

    final void startEmpty() {
        store.close();
        store = Store.inMemory(StoreOptions.defaults());
    }

    @Override
    public CapabilityProvider provider() {
        return this;
    }

    @Override
    public String kind() {
        return "sql.twisted";
    }

    @Override
    public String binding() {
        return "db";
    }

    @Override
    public Set<String> hints() {
        return sql().hints();
    }

    @Override
    public Descriptor descriptor() {
        return sql().descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        if (token.handle() == SqlReader.class) {
            return token.handle().cast(reader(scope));
        }
        return token.handle().cast(twist.apply(sql().handle(Sql.writer("db"), scope)));
    }

    SqlReader reader(Scope scope) {
        return sql().handle(Sql.reader("db"), scope);
    }

    @Override
    public void close() {
        store.close();
    }
}
