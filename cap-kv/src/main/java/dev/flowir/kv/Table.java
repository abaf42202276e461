package dev.flowir.kv;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where the entries of a namespace are kept. Keys and options have been checked. */
interface Table {

    /** Whether its transactions are those of {@code store}. */
    default boolean isIn(AutoCloseable store) {
        return false;
    }

    /** What is live under {@code key}. */
    Optional<Row> read(Utf8Key key);

    /** What is live under {@code key}; where answers are cached, one that old will do. */
    default Optional<Row> read(Utf8Key key, Duration cacheTtl) {
        return read(key);
    }

    /** What is live under each of {@code keys}, at one moment. */
    List<Optional<Row>> readAll(List<Utf8Key> keys);

    /** Live keys of a range in byte order, without their values. */
    List<KvKey> list(Range range);

    /**
     * Writes {@code row} if what is live under {@code key} passes {@code condition}.
     *
     * @param fence checked inside the transaction
     * @param condition given a look at what is there now
     * @param row makes the row, given the time of the transaction in milliseconds since 1970
     * @return whether it was written
     */
    boolean write(
            Fence fence,
            Utf8Key key,
            Predicate<Supplier<Optional<KvValue>>> condition,
            LongFunction<Row> row);

    /** Removes what is under {@code key}, if anything. */
    void remove(Fence fence, Utf8Key key);

    /** Deletes at most {@code most} entries whose time is over; how many there were. */
    int purge(int most);
}
