package dev.flowir.benchmarks.windows;

/**
 * An event.
 *
 * @param shop what windows are kept by
 * @param atMillis its time
 * @param cents what windows sum up
 */
record Sale(String shop, long atMillis, long cents) {

    static final int SHOPS = 256;
    static final long SIZE_MILLIS = 1000;

    /** Sales in the order of their time, one each millisecond. */
    static Sale[] some(int count) {
        String[] shops = new String[SHOPS];
        for (int i = 0; i < SHOPS; i++) {
            shops[i] = "shop-" + i;
        }
        Sale[] sales = new Sale[count];
        long state = 1;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            sales[i] = new Sale(shops[(int) (state >>> 56)], i, state >>> 52);
        }
        return sales;
    }

    /** First instant of the window that it is in. */
    long start() {
        return atMillis - atMillis % SIZE_MILLIS;
    }
}
