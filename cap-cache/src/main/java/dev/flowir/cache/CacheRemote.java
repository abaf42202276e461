package dev.flowir.cache;

import java.util.Optional;

/**
 * Answers that something else keeps, such as a server, for all processes that share them. An answer
 * is good by one clock, that of whoever keeps it. What another attempt may heal, such as a server
 * that is away, is thrown as a retriable fault ({@link dev.flowir.ir.Retriable}): then the answer
 * is worked out as if there were no cache. Any other fault is the caller's. Thread-safe.
 */
public interface CacheRemote {

    /**
     * An answer that is kept and still good.
     *
     * @param key 43 characters, of letters, digits, '-' and '_'
     * @return its bytes; empty when there is none
     */
    Optional<byte[]> find(String key);

    /**
     * Keeps an answer in place of the one that there is. Where there are more than the bound, the
     * oldest go.
     *
     * @param key as in {@link #find}
     * @param answer its bytes
     * @param bounds how many are kept, and how long
     * @return how many went for want of room
     */
    long keep(String key, byte[] answer, CacheBounds bounds);

    /** {@return how many are kept, of which some may not be good any more} */
    long entries();

    /** Forgets all. */
    void clear();
}
