package dev.flowir.benchmarks.waits;

import dev.flowir.benchmarks.Contender;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Our contender: two reading nodes side by side and a join; all requests started, then awaited. */
final class Flows {

    private Flows() {}

    static Contender contender(int requests, Flow<Long, Long> flow) {
        Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(new Backend(Backend.NAME)))
                        .maxInFlight(2 * requests)
                        .build();
        return new Contender() {
            @Override
            public long run() throws Exception {
                List<Run<Long>> runs = new ArrayList<>(requests);
                for (long id = 0; id < requests; id++) {
                    runs.add(runtime.start(flow, Invocation.of(id)));
                }
                long sum = 0;
                for (Run<Long> run : runs) {
                    sum += run.await().orThrow();
                }
                return sum;
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }

    static Flow<Long, Long> diamond() {
        return Flow.define(
                "ask-two",
                "1.0.0",
                Long.class,
                (g, id) -> {
                    Port<Long> stock =
                            g.then(
                                    id,
                                    Node.reads(
                                            "stock",
                                            Long.class,
                                            Long.class,
                                            Backend.reader(),
                                            (backend, it, context) -> {
                                                backend.await();
                                                return Answers.stock(it);
                                            }));
                    Port<Long> price =
                            g.then(
                                    id,
                                    Node.reads(
                                            "price",
                                            Long.class,
                                            Long.class,
                                            Backend.reader(),
                                            (backend, it, context) -> {
                                                backend.await();
                                                return Answers.price(it);
                                            }));
                    return g.join("both", stock, price, Long.class, Answers::both);
                });
    }

    /** Both answers are known; it is only said a millisecond later. */
    static Flow<Long, Long> sleeping() {
        return Flow.define(
                "ask-two-later",
                "1.0.0",
                Long.class,
                (g, id) -> {
                    Port<Long> stock =
                            g.then(
                                    g.then(id, later("stock-later")),
                                    Node.pure("stock", Long.class, Long.class, Answers::stock));
                    Port<Long> price =
                            g.then(
                                    g.then(id, later("price-later")),
                                    Node.pure("price", Long.class, Long.class, Answers::price));
                    return g.join("both", stock, price, Long.class, Answers::both);
                });
    }

    private static Node<Long, Long> later(String name) {
        return dev.flowir.ir.Waits.sleep(name, Long.class, Duration.ofMillis(Answers.MILLIS));
    }
}
