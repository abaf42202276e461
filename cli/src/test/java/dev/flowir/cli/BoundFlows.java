package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;

/** What tests run on what a lock binds. */
public final class BoundFlows {

    /** Counts how often it was asked for a name. */
    public static final Flow<String, Integer> KEEP =
            Flow.define(
                    "keep",
                    "1.0.0",
                    String.class,
                    (g, name) ->
                            g.then(
                                    name,
                                    Node.effect(
                                            "count",
                                            String.class,
                                            Integer.class,
                                            Kv.writer("names"),
                                            (kv, key, context) -> {
                                                int seen =
                                                        kv.get(key)
                                                                .map(KvValue::text)
                                                                .map(Integer::parseInt)
                                                                .orElse(0);
                                                kv.put(key, KvValue.of(Integer.toString(seen + 1)));
                                                return seen + 1;
                                            })));

    private BoundFlows() {}
}
