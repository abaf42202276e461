package dev.flowir.blob;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which changes to tell of.
 *
 * @param id names it; what was noted for it waits for a sink under the same id
 * @param kinds kinds of changes, at least one
 * @param prefix what keys start with; empty for all
 * @param suffix what keys end with; empty for all
 */
public record EventRule(String id, Set<BlobAction.Kind> kinds, String prefix, String suffix) {

    /** Copies the set; refuses one without a kind. */
    public EventRule {
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty() || id.isEmpty() || id.startsWith(Rows.BEGUN)) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT, "a rule has an id and at least one kind of change");
        }
    }

    /**
     * A rule for all keys.
     *
     * @param id names it
     * @param first a kind of change
     * @param more further ones
     * @return the rule
     */
    public static EventRule on(String id, BlobAction.Kind first, BlobAction.Kind... more) {
        return new EventRule(id, EnumSet.of(first, more), "", "");
    }

    /**
     * The same for some keys.
     *
     * @param text what keys start with
     * @return the rule with it
     */
    public EventRule prefix(String text) {
        return new EventRule(id, kinds, text, suffix);
    }

    /**
     * The same for some keys.
     *
     * @param text what keys end with
     * @return the rule with it
     */
    public EventRule suffix(String text) {
        return new EventRule(id, kinds, prefix, text);
    }

    boolean matches(BlobAction action, String key) {
        return kinds.contains(action.kind()) && key.startsWith(prefix) && key.endsWith(suffix);
    }

    /** Whether one change of one key could match both. */
    boolean overlaps(EventRule other) {
        boolean starts = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean ends = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        return starts && ends && kinds.stream().anyMatch(other.kinds::contains);
    }
}
