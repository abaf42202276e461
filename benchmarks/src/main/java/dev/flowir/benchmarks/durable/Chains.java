package dev.flowir.benchmarks.durable;

import dev.flowir.durable.DurableBuilder;
import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.ir.Waits;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;

/** What all contenders do: runs of twenty steps, each of which gives 200 bytes as JSON. */
final class Chains {

    /** Steps of a run. */
    static final int STEPS = 20;

    /** What a step gives: 200 bytes with its quotes. */
    static final String PAYLOAD = "x".repeat(198);

    /** Bytes that a contender without runs writes for a step. */
    static final int RECORD_BYTES = 230;

    /** The outside world, which does nothing. */
    interface World {
        String answer(NodeContext context) throws Exception;
    }

    private static final WriteToken<World> TOKEN =
            WriteToken.of("world", "world", World.class, "resource::http::write", "resource::http");

    static final Flow<String, String> CHAIN =
            Flow.define(
                    "chain",
                    "1.0.0",
                    String.class,
                    (g, in) -> {
                        Node<String, String> step =
                                Node.effect(
                                        "step",
                                        String.class,
                                        String.class,
                                        TOKEN,
                                        (world, text, context) -> world.answer(context));
                        var at = g.then(in, step);
                        for (int i = 1; i < STEPS; i++) {
                            at = g.then(at, step);
                        }
                        return at;
                    });

    static final Flow<String, String> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    String.class,
                    (g, in) -> g.then(in, Waits.sleep("nap", String.class, Duration.ofDays(300))));

    private record Provider(World world) implements CapabilityProvider {
        @Override
        public String kind() {
            return "world";
        }

        @Override
        public String binding() {
            return "world";
        }

        @Override
        public Set<String> hints() {
            return Set.of("resource::http::write");
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast(world);
        }
    }

    private Chains() {}

    static DurableRuntime open(Store store) {
        return runtime(store, context -> PAYLOAD).open();
    }

    static DurableRuntime open(Store store, World world, Executor threads) {
        return runtime(store, world).threads(threads).open();
    }

    private static DurableBuilder runtime(Store store, World world) {
        return DurableRuntime.on(store)
                .capabilities(Capabilities.of(new Provider(world)))
                .flows(CHAIN, NAP)
                .limits(DurableLimits.defaults().withMaxRunning(20_000));
    }
}
