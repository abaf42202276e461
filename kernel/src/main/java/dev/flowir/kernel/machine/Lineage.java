package dev.flowir.kernel.machine;

/**
 * Identity of items: follows from the input and the edges that led here, never from timing. So the
 * same item has the same identity in every attempt and every replay.
 */
final class Lineage {

    private Lineage() {}

    static long ofInput(long number) {
        return mix(number + 1);
    }

    static long over(long item, int edge) {
        return mix(item * 31 + edge + 1);
    }

    static long part(long item, int index) {
        return mix(~item * 31 + index + 1);
    }

    static long joined(long soFar, long item) {
        return mix(soFar * 31 + item);
    }

    /** Of the n-th window that a node tells. */
    static long window(int windows, long number) {
        return mix(~mix(~windows) * 31 + number + 1);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable generators, 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
