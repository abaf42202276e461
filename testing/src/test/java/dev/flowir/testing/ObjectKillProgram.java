package dev.flowir.testing;

import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.StoredKey;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program that calls a few objects from a few threads until it is killed. It says {@code counted
 * <object> <count>} when such a call is answered, and {@code armed <object> .} when an alarm is
 * set.
 */
final class ObjectKillProgram {

    static final int OBJECTS = 3;
    static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);
    static final StoredKey<Boolean> RANG = StoredKey.of("rang", Boolean.class);

    /** Counts in an entry and, row by row, in a table. */
    static final class Counter {

        static final ObjectClass<Counter> CLASS =
                ObjectClass.of("counter", Counter::new)
                        .alarm((counter, ring) -> counter.self.storage().put(RANG, true));

        private final ObjectContext self;
        private final Cell<Long> count;

        private Counter(ObjectContext self) {
            this.self = self;
            this.count = self.cell(COUNT, 0L);
            self.storage().sql().exec("CREATE TABLE IF NOT EXISTS counted (n INTEGER PRIMARY KEY)");
        }

        long count() {
            long now = count.update(n -> n + 1);
            self.storage().sql().exec("INSERT INTO counted VALUES (?)", now);
            return now;
        }

        long counted() {
            return count.get();
        }

        List<Long> rows() {
            return self.storage()
                    .sql()
                    .exec("SELECT n FROM counted ORDER BY n")
                    .toList(row -> row.getLong(1));
        }

        boolean arm(Duration wait) {
            self.setAlarm(self.now().plus(wait));
            return true;
        }

        boolean rang() {
            return self.storage().get(RANG).orElse(false);
        }
    }

    private ObjectKillProgram() {}

    public static void main(String[] arguments) {
        ObjectSpace space = open(Store.open(Path.of(arguments[0]), StoreOptions.defaults()));
        for (int i = 0; i < 4; i++) {
            int first = i;
            Thread.ofPlatform().start(() -> count(space, first));
        }
        for (int i = 0; i < 100_000; i++) {
            String name = "alarm-" + arguments[1] + "-" + i;
            at(space, name).call(counter -> counter.arm(Duration.ofMillis(100)));
            KilledProgram.say("armed " + name + " .");
        }
    }

    static ObjectSpace open(Store store) {
        return ObjectSpace.sqlite(
                "objects", store, ObjectOptions.defaults(), List.of(Counter.CLASS));
    }

    static ObjectRef<Counter> at(ObjectSpace space, String name) {
        return space.of(Counter.CLASS).named(name);
    }

    private static void count(ObjectSpace space, int first) {
        for (int i = first; i < 100_000; i++) {
            String name = "counter-" + i % OBJECTS;
            KilledProgram.say("counted " + name + " " + at(space, name).call(Counter::count));
        }
    }
}
