package dev.flowir.kernel.machine;

/** SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere for the same seed. */
final class Rng {

    private long state;

    Rng(long seed) {
        this.state = seed;
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        return mix(state);
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    /** A number from 0 to {@code bound - 1} that follows from two others. */
    static int hash(long a, long b, int bound) {
        return (int) Long.remainderUnsigned(mix(a * 31 + b + 0x9e3779b97f4a7c15L), bound);
    }
}
