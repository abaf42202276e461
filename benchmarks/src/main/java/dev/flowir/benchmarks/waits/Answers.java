package dev.flowir.benchmarks.waits;

/** What a request asks two backends, and makes of their answers. */
public final class Answers {

    /** How long a backend takes. */
    static final long MILLIS = 1;

    private Answers() {}

    static long stock(long id) {
        return id * 31 + 1;
    }

    static long price(long id) {
        return id * 17 + 2;
    }

    static long both(long stock, long price) {
        return stock ^ price;
    }

    /** {@return the sum over requests with ids from 0} */
    static long expected(int requests) {
        long sum = 0;
        for (long id = 0; id < requests; id++) {
            sum += both(stock(id), price(id));
        }
        return sum;
    }
}
