package dev.flowir.bindings;

import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectClasses;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.util.List;

/** Objects that count, for locks that bind {@code counters}; found as a service. */
public final class Counters implements ObjectClasses {

    static final String BINDING = "counters";

    static final ObjectClass<Counter> CLASS = ObjectClass.of("counter", Counter::new);

    /** One that counts. */
    static final class Counter {
        private static final StoredKey<Integer> COUNT = StoredKey.of("count", Integer.class);

        private final Cell<Integer> count;

        Counter(ObjectContext self) {
            count = self.cell(COUNT, 0);
        }

        int next() {
            count.set(count.get() + 1);
            return count.get();
        }
    }

    /** Made by {@link java.util.ServiceLoader}. */
    public Counters() {}

    @Override
    public String binding() {
        return BINDING;
    }

    @Override
    public List<ObjectClass<?>> classes() {
        return List.of(CLASS);
    }
}
