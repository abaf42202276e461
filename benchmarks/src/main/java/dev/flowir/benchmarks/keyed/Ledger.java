package dev.flowir.benchmarks.keyed;

/**
 * Where parcels end. Shows whether the order within each key was kept; parcels of one key must come
 * from one thread at a time.
 */
final class Ledger {

    static final int KEYS = 1024;
    private final long[] states = new long[KEYS];

    void add(Parcel parcel) {
        states[parcel.key()] = states[parcel.key()] * 31 + parcel.value();
    }

    /** {@return the parcel, which was added} */
    Parcel added(Parcel parcel) {
        add(parcel);
        return parcel;
    }

    /** {@return a number that depends on every parcel and on their order within keys} */
    long total() {
        long total = 0;
        for (long state : states) {
            total ^= state;
        }
        return total;
    }
}
