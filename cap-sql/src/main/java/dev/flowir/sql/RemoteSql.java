package dev.flowir.sql;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/**
 * The provider of {@link Sql}'s tokens over a database that something else keeps: it checks
 * statements, parameters and the fence of an attempt, so that a wrong call is refused as anywhere
 * and never leaves. There are no interactive transactions: {@link SqlWriter#atomically} is refused,
 * {@link SqlWriter#batch} is one transaction. Uses only what an edge isolate has, too.
 *
 * @param kind for example {@code sql.edge}
 * @param binding name that tokens ask for
 * @param remote who keeps the tables
 * @param descriptor what is promised of them
 * @param limits what statements are held to
 */
public record RemoteSql(
        String kind, String binding, SqlRemote remote, Descriptor descriptor, SqlLimits limits)
        implements CapabilityProvider {

    private static final Set<String> HINTS = Set.of(Sql.READ_HINT, Sql.WRITE_HINT);

    @Override
    public Set<String> hints() {
        return HINTS;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Admission admission = new Admission(limits, scope);
        return token.handle()
                .cast(
                        token.handle() == SqlWriter.class
                                ? new RemoteWriter(remote, admission)
                                : new RemoteReader(remote, admission));
    }
}
