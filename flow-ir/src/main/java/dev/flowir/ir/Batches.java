package dev.flowir.ir;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a list is worked on with several items in one call of a body: {@code Batches.of(50)}, {@code
 * Batches.of(50).inFlight(4)}.
 *
 * @param maxItems items of one call, 1 to {@value #MAX_ITEMS}; the last call of a list gets what is
 *     left
 * @param maxInFlight calls at a time, at least 1
 */
public record Batches(int maxItems, int maxInFlight) {

    /** Items of one call at most: what is kept of a batch beside its items is some 8 MB then. */
    public static final int MAX_ITEMS = 1_048_576;

    /** Refuses what is out of range. */
    public Batches {
        if (maxItems < 1 || maxItems > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + MAX_ITEMS + " items, got " + maxItems);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "batches need at least one call in flight, got " + maxInFlight);
        }
    }

    /**
     * {@return batches of so many items, one after the other}
     *
     * @param maxItems items of one call, 1 to {@value #MAX_ITEMS}
     */
    public static Batches of(int maxItems) {
        return new Batches(maxItems, 1);
    }

    /**
     * {@return batches of as many items, several of them at a time}
     *
     * @param most calls at a time, at least 1
     */
    public Batches inFlight(int most) {
        return new Batches(maxItems, most);
    }

    /**
     * Reads the {@code max_items} of a surface.
     *
     * @param value as it is written; null when it is not
     * @return items of one call; empty when it is no integer in range
     */
    public static OptionalInt maxItems(@Nullable JsonValue value) {
        String digits = value instanceof JsonValue.Num number ? number.text() : "";
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || sum > MAX_ITEMS) {
                return OptionalInt.empty();
            }
            sum = sum * 10 + digit;
        }
        return sum < 1 || sum > MAX_ITEMS ? OptionalInt.empty() : OptionalInt.of(sum);
    }
}
