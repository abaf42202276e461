package dev.flowir.benchmarks.windows;

/** Where windows end: a number that depends on each and not on their order. */
final class Totals {

    private long total;

    void add(String shop, long start, long cents) {
        total += (shop.hashCode() * 31L + start) * 0x9E3779B97F4A7C15L ^ cents;
    }

    long total() {
        return total;
    }
}
