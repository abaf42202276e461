package dev.flowir.benchmarks.records;

import dev.flowir.ir.Body;
import java.util.function.Function;

/** A stage as every library wants it, so that none pays for an adapter. */
@FunctionalInterface
public interface Stage
        extends Function<Item, Item>,
                Body.Pure<Item, Item>,
                io.reactivex.rxjava3.functions.Function<Item, Item>,
                org.apache.pekko.japi.function.Function<Item, Item> {
    @Override
    Item apply(Item item);
}
