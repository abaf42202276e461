package dev.flowir.benchmarks.records;

/** Where items end: for one thread at a time. The order of items does not matter to it. */
final class Sum {
    private long total;

    void add(Item item) {
        total += item.value() ^ item.key();
    }

    long get() {
        return total;
    }
}
