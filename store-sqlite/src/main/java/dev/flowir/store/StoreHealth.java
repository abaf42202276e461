package dev.flowir.store;

/** What the store can do now. */
public sealed interface StoreHealth {

    /** Reads and writes. */
    record Open() implements StoreHealth {}

    /**
     * Reads only: after an I/O failure nobody can say what is on the disk, so nothing more is
     * acknowledged until the store is opened again.
     *
     * @param reason the first failure
     */
    record ReadOnly(StoreException reason) implements StoreHealth {}

    /** Closed or closing. */
    record Closed() implements StoreHealth {}
}
