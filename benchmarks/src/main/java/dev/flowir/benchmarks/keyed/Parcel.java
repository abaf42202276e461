package dev.flowir.benchmarks.keyed;

/**
 * A keyed item.
 *
 * @param key what order is kept within
 * @param value what the work is done on
 */
public record Parcel(int key, long value) {

    static Parcel[] some(int count) {
        Parcel[] parcels = new Parcel[count];
        for (int i = 0; i < count; i++) {
            parcels[i] = new Parcel((i * 31) & (Ledger.KEYS - 1), i);
        }
        return parcels;
    }

    int shard(int shards) {
        return key & (shards - 1);
    }

    /** {@return the same after work of some 200 ns} */
    Parcel worked() {
        long now = value;
        for (int i = 0; i < 112; i++) {
            now = (now ^ (now >>> 29)) * 0x9E3779B97F4A7C15L + i;
        }
        return new Parcel(key, now);
    }
}
