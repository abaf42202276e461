package dev.flowir.benchmarks.requests;

/**
 * One of the two prices of an order. Taken from a list, so that pricing makes no object.
 *
 * @param cents how much
 */
public record Price(long cents) {

    private static final Price[] LIST = new Price[64];

    static {
        for (int i = 0; i < LIST.length; i++) {
            LIST[i] = new Price(100L * i);
        }
    }

    static Price listed(int index) {
        return LIST[index & (LIST.length - 1)];
    }
}
