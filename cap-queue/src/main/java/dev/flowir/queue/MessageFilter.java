package dev.flowir.queue;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages are meant; all conditions that are there must hold.
 *
 * @param ids ids of messages; empty for any
 * @param sourceQueue the queue where it was given up
 * @param errorContains part of the last error, in any case of letters
 * @param stackDigest digest of the last error's stack trace
 */
public record MessageFilter(
        Set<String> ids,
        Optional<String> sourceQueue,
        Optional<String> errorContains,
        Optional<String> stackDigest) {

    private static final MessageFilter ALL =
            new MessageFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the set. */
    public MessageFilter {
        ids = Set.copyOf(ids);
    }

    /**
     * Every message.
     *
     * @return no condition
     */
    public static MessageFilter all() {
        return ALL;
    }

    /**
     * Messages with these ids.
     *
     * @param ids at least one
     * @return the condition
     */
    public static MessageFilter ids(String... ids) {
        return new MessageFilter(Set.of(ids), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The same, given up in one queue only.
     *
     * @param queue that queue
     * @return the narrower condition
     */
    public MessageFilter from(String queue) {
        return new MessageFilter(ids, Optional.of(queue), errorContains, stackDigest);
    }

    /**
     * The same, with a text in the last error only.
     *
     * @param text part of the error
     * @return the narrower condition
     */
    public MessageFilter errorContains(String text) {
        return new MessageFilter(ids, sourceQueue, Optional.of(text), stackDigest);
    }

    /**
     * The same, with one stack digest only.
     *
     * @param digest the digest
     * @return the narrower condition
     */
    public MessageFilter stackDigest(String digest) {
        return new MessageFilter(ids, sourceQueue, errorContains, Optional.of(digest));
    }

    /** Whether a message is meant. */
    boolean matches(String id, Optional<DeadLetter> letter) {
        return (ids.isEmpty() || ids.contains(id))
                && holds(sourceQueue, letter.map(DeadLetter::sourceQueue))
                && holds(stackDigest, letter.flatMap(DeadLetter::stackDigest))
                && (errorContains.isEmpty()
                        || letter.map(DeadLetter::lastError)
                                .filter(error -> contains(error, errorContains.get()))
                                .isPresent());
    }

    private static boolean holds(Optional<String> wanted, Optional<String> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
