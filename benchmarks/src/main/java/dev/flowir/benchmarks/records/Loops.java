package dev.flowir.benchmarks.records;

import dev.flowir.benchmarks.Contender;
import org.openjdk.jmh.annotations.CompilerControl;

/** The measured stages called in a loop: what the work costs without any library. */
final class Loops {

    private Loops() {}

    /** The compiler sees everything. */
    static Contender inline(int stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            for (Item item : items) {
                sum.add(through(stages, item));
            }
            return sum.get();
        };
    }

    /** The same, and the compiler may not look into the stages. */
    static Contender opaque(int stages, Item[] items) {
        return () -> {
            Sum sum = new Sum();
            for (Item item : items) {
                sum.add(opaquely(stages, item));
            }
            return sum.get();
        };
    }

    private static Item through(int stages, Item item) {
        Item now = new Item(item.key(), item.value() * 31 + 1);
        if (stages > 1) {
            now = new Item(now.key(), now.value() * 31 + 2);
            now = new Item(now.key(), now.value() * 31 + 3);
        }
        if (stages > 3) {
            now = new Item(now.key(), now.value() * 31 + 4);
            now = new Item(now.key(), now.value() * 31 + 5);
        }
        return now;
    }

    private static Item opaquely(int stages, Item item) {
        Item now = first(item);
        if (stages > 1) {
            now = third(second(now));
        }
        if (stages > 3) {
            now = fifth(fourth(now));
        }
        return now;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Item first(Item item) {
        return new Item(item.key(), item.value() * 31 + 1);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Item second(Item item) {
        return new Item(item.key(), item.value() * 31 + 2);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Item third(Item item) {
        return new Item(item.key(), item.value() * 31 + 3);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Item fourth(Item item) {
        return new Item(item.key(), item.value() * 31 + 4);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Item fifth(Item item) {
        return new Item(item.key(), item.value() * 31 + 5);
    }
}
