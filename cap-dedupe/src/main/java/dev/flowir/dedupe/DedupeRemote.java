package dev.flowir.dedupe;

import java.util.Optional;

/**
 * Marks that something else keeps, such as a server. What becomes of a mark is decided here, from
 * what was seen of it, and kept there if that still holds. Keys have been checked.
 */
public interface DedupeRemote {

    /**
     * A key at one moment.
     *
     * @param mark text that was kept last; empty when there is none, or none that counts
     * @param nowMillis the time there, in milliseconds since 1970
     */
    record Seen(Optional<String> mark, long nowMillis) {}

    /**
     * Looks.
     *
     * @param key which
     * @return what is kept of it
     */
    Seen look(String key);

    /**
     * Keeps a mark in place of the one that was seen, in one step.
     *
     * @param key which
     * @param seen as {@link #look} gave it
     * @param mark text to keep; empty to keep none
     * @param endsAtMillis when the mark counts no more and may be forgotten
     * @return false when another is kept meanwhile; nothing was changed then
     */
    boolean replace(String key, Optional<String> seen, Optional<String> mark, long endsAtMillis);
}
