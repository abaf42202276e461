package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Contender;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Runtime;
import java.util.Arrays;
import java.util.List;

/** Our own contenders: a chain of pure nodes. */
final class Flows {

    /** Inputs that may be outstanding. */
    private static final int OUTSTANDING = 256;

    private Flows() {}

    static Flow<Item, Item> chain(List<Stage> stages) {
        return Flow.define(
                "records",
                "1.0.0",
                Item.class,
                (g, in) -> {
                    Port<Item> port = in;
                    for (int i = 0; i < stages.size(); i++) {
                        port =
                                g.then(
                                        port,
                                        Node.pure(
                                                "stage" + i,
                                                Item.class,
                                                Item.class,
                                                stages.get(i)));
                    }
                    return port;
                });
    }

    /** One feed, as a user writes it. */
    static Contender feed(Runtime runtime, Flow<Item, Item> flow, Item[] items) {
        List<Item> source = Arrays.asList(items);
        return () -> {
            Sum sum = new Sum();
            runtime.feed(flow, source).forEach(sum::add).orThrow();
            return sum.get();
        };
    }

    /** One instance, fed and emptied by one thread. */
    static Contender instance(Runtime runtime, Flow<Item, Item> flow, Item[] items) {
        InstanceOptions options = InstanceOptions.defaults().captureCapacity(OUTSTANDING);
        return () -> {
            Sum sum = new Sum();
            try (FlowInstance<Item, Item> instance = runtime.open(flow, options).orThrow()) {
                for (Item item : items) {
                    while (instance.offer(item) == FlowInstance.Admission.FULL) {
                        take(instance, sum);
                    }
                }
                instance.finish();
                while (take(instance, sum)) {
                    // until the end
                }
            }
            return sum.get();
        };
    }

    /** One run for each record. */
    static Contender runs(Runtime runtime, List<Stage> stages, Item[] items) {
        Flow<Item, Item> flow = chain(stages);
        return () -> {
            Sum sum = new Sum();
            for (Item item : items) {
                sum.add(runtime.run(flow, item).orThrow());
            }
            return sum.get();
        };
    }

    private static boolean take(FlowInstance<Item, Item> instance, Sum sum)
            throws InterruptedException {
        return switch (instance.next()) {
            case FlowInstance.Output<Item> output -> {
                sum.add(output.value());
                yield true;
            }
            case FlowInstance.Failed<Item> failed ->
                    throw new IllegalStateException(failed.failure().toString());
            case FlowInstance.End<Item> end -> false;
        };
    }
}
