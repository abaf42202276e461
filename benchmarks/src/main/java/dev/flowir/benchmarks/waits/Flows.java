package dev.flowir.benchmarks.waits;

import dev.flowir.benchmarks.Contender;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.util.ArrayList;
import java.util.List;

/** Our contender: two reading nodes side by side and a join; all requests started, then awaited. */
final class Flows {

    private Flows() {}

    static Contender contender(int requests) {
        Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(new Backend(Backend.NAME)))
                        .maxInFlight(2 * requests)
                        .build();
        Flow<Long, Long> flow = diamond();
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

    private static Flow<Long, Long> diamond() {
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
}
