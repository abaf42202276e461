package dev.flowir.benchmarks.records;

/**
 * What goes through the stages.
 *
 * @param key which it is
 * @param value what the stages change
 */
public record Item(long key, long value) {

    /** {@return items with keys from 0} */
    static Item[] some(int count) {
        Item[] items = new Item[count];
        for (int i = 0; i < count; i++) {
            items[i] = new Item(i, i * 7L);
        }
        return items;
    }
}
