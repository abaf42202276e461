package dev.flowir.ir;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The queue behind an edge.
 *
 * @param maxItems bound in items, an unsigned 32-bit number; absent means the executor's default of
 *     32
 * @param spillThresholdBytes encoded size in bytes from which an item spills, an unsigned 64-bit
 *     number
 * @param spillTier label of the blob tier that takes what does not fit
 * @param onDrop drop policy, asked for by name
 */
public record Buffer(
        OptionalLong maxItems,
        OptionalLong spillThresholdBytes,
        Optional<String> spillTier,
        Optional<String> onDrop) {

    private static final Buffer DEFAULT =
            new Buffer(
                    OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

    /** {@return no statement: {@code {}} on the wire} */
    public static Buffer defaults() {
        return DEFAULT;
    }

    /**
     * {@return a buffer bounded to {@code maxItems} items}
     *
     * @param maxItems most items that wait
     */
    public static Buffer bounded(long maxItems) {
        return new Buffer(
                OptionalLong.of(maxItems),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
