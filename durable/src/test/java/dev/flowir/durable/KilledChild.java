package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;

/** A process that runs flows until somebody kills it; says which runs it knows to be recorded. */
final class KilledChild {

    static final Node<Integer, Integer> ADD =
            Node.effect(
                    "add",
                    Integer.class,
                    Integer.class,
                    Sql.writer("bank"),
                    (sql, n, context) -> {
                        sql.run("UPDATE account SET balance = balance + 1 WHERE id = ?", n % 10);
                        sql.run("INSERT INTO done VALUES (?)", context.idempotencyKey());
                        return n;
                    });

    static final Flow<Integer, Integer> TEN =
            Flow.define(
                    "ten",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var at = g.then(in, ADD);
                        for (int i = 1; i < 10; i++) {
                            at = g.then(at, ADD);
                        }
                        return g.then(
                                at,
                                Node.pure("plus", Integer.class, Integer.class, n -> n + 1)
                                        .with(NodeOption.timeout(Duration.ofMinutes(1))));
                    });

    private KilledChild() {}

    static DurableRuntime open(Store store) {
        return DurableRuntime.on(store)
                .capabilities(Capabilities.of(SqlProvider.on("bank", store)))
                .flows(TEN)
                .open();
    }

    public static void main(String[] arguments) {
        Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults());
        DurableRuntime runtime = open(store);
        int first = Integer.parseInt(arguments[1]);
        for (int i = first; !System.out.checkError(); i++) { // until nobody listens any more
            runtime.start(TEN, "run-" + i, i);
            System.out.println(i);
        }
    }
}
