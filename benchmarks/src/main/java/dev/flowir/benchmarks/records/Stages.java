package dev.flowir.benchmarks.records;

import java.util.List;

/**
 * Stages of pure work, each a lambda of its own. The first family is measured; flows of the others
 * run before, so that the call sites inside a library have seen many bodies, as they have in a
 * program with more than one flow.
 */
final class Stages {

    static final int MOST = 5;

    private static final List<Stage> MEASURED =
            List.of(
                    it -> new Item(it.key(), it.value() * 31 + 1),
                    it -> new Item(it.key(), it.value() * 31 + 2),
                    it -> new Item(it.key(), it.value() * 31 + 3),
                    it -> new Item(it.key(), it.value() * 31 + 4),
                    it -> new Item(it.key(), it.value() * 31 + 5));

    private static final List<List<Stage>> OTHERS =
            List.of(
                    List.of(
                            it -> new Item(it.key(), it.value() * 17 + 1),
                            it -> new Item(it.key(), it.value() * 17 + 2),
                            it -> new Item(it.key(), it.value() * 17 + 3),
                            it -> new Item(it.key(), it.value() * 17 + 4),
                            it -> new Item(it.key(), it.value() * 17 + 5)),
                    List.of(
                            it -> new Item(it.key(), it.value() ^ it.key()),
                            it -> new Item(it.key(), it.value() ^ 0x55),
                            it -> new Item(it.key(), it.value() ^ 0xAA),
                            it -> new Item(it.key(), it.value() ^ 0x33),
                            it -> new Item(it.key(), it.value() ^ 0xCC)),
                    List.of(
                            it -> new Item(it.key() + 1, it.value()),
                            it -> new Item(it.key() + 2, it.value()),
                            it -> new Item(it.key() + 3, it.value()),
                            it -> new Item(it.key() + 4, it.value()),
                            it -> new Item(it.key() + 5, it.value())));

    private Stages() {}

    static List<Stage> measured(int count) {
        return MEASURED.subList(0, count);
    }

    static List<List<Stage>> others(int count) {
        return OTHERS.stream().map(family -> family.subList(0, count)).toList();
    }

    /** What every contender must give. */
    static long expected(List<Stage> stages, Item[] items) {
        Sum sum = new Sum();
        for (Item item : items) {
            Item now = item;
            for (Stage stage : stages) {
                now = stage.apply(now);
            }
            sum.add(now);
        }
        return sum.get();
    }
}
