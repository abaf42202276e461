package dev.flowir.benchmarks.objects;

import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;

/** What is called: it counts in its memory, or in what is kept. */
final class Counter {

    static final ObjectClass<Counter> CLASS = ObjectClass.of("counter", Counter::new);

    private static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);

    private final Cell<Long> kept;
    private long count;

    private Counter(ObjectContext self) {
        kept = self.cell(COUNT, 0L);
    }

    long count() {
        return ++count;
    }

    /** Durable before the caller has the answer. */
    long keep() {
        return kept.update(n -> n + 1);
    }
}
