package dev.flowir.object;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which entries of a storage a list gives, in the order of the UTF-8 bytes of their keys.
 *
 * @param prefix what their keys start with; empty for all
 * @param start the first key that may be given
 * @param startAfter the key behind which they begin
 * @param end the key before which they end; it is not given itself
 * @param order which way
 * @param limit most entries
 */
public record Entries(
        String prefix,
        Optional<String> start,
        Optional<String> startAfter,
        Optional<String> end,
        Order order,
        OptionalInt limit) {

    /** Which way a list goes. */
    public enum Order {
        /** Least key first. */
        ASCENDING,
        /** Greatest key first. */
        DESCENDING
    }

    private static final Entries ALL =
            new Entries(
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Order.ASCENDING,
                    OptionalInt.empty());

    /** {@return all entries} */
    public static Entries all() {
        return ALL;
    }

    /**
     * Entries whose keys start alike.
     *
     * @param prefix what they start with
     * @return those entries
     */
    public static Entries under(String prefix) {
        return new Entries(prefix, ALL.start, ALL.startAfter, ALL.end, ALL.order, ALL.limit);
    }

    /**
     * Beginning at a key.
     *
     * @param key the first that may be given
     * @return those of these entries
     */
    public Entries from(String key) {
        return new Entries(prefix, Optional.of(key), startAfter, end, order, limit);
    }

    /**
     * Beginning behind a key.
     *
     * @param key not given itself
     * @return those of these entries
     */
    public Entries after(String key) {
        return new Entries(prefix, start, Optional.of(key), end, order, limit);
    }

    /**
     * Ending before a key.
     *
     * @param key not given itself
     * @return those of these entries
     */
    public Entries before(String key) {
        return new Entries(prefix, start, startAfter, Optional.of(key), order, limit);
    }

    /** {@return the same entries, greatest key first; a limit then keeps the greatest} */
    public Entries descending() {
        return new Entries(prefix, start, startAfter, end, Order.DESCENDING, limit);
    }

    /**
     * The first ones only.
     *
     * @param most how many, at least 1
     * @return those of these entries
     */
    public Entries limitedTo(int most) {
        return new Entries(prefix, start, startAfter, end, order, OptionalInt.of(most));
    }

    /**
     * Whether a list of these gives an entry, its limit apart.
     *
     * @param key the entry's
     * @return true when it does
     */
    public boolean holds(String key) {
        return key.startsWith(prefix)
                && (start.isEmpty() || Texts.compare(key, start.get()) >= 0)
                && (startAfter.isEmpty() || Texts.compare(key, startAfter.get()) > 0)
                && (end.isEmpty() || Texts.compare(key, end.get()) < 0);
    }
}
