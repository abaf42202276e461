package dev.flowir.cache;

import dev.flowir.ir.Body;

/** Answers that were worked out before. Thread-safe. */
@FunctionalInterface
public interface Cache {

    /**
     * The answer under a key: as it is kept, or worked out now and kept. Of all who ask for it at
     * the same time one works it out and the others wait for that. Where that fails, the next one
     * of them tries; a failure is not kept.
     *
     * @param <T> type of the answer
     * @param key what it is kept under
     * @param work gives it; the value is handed to all who ask, so nobody may change it
     * @return the answer
     * @throws Exception what {@code work} threw for this caller
     * @throws CacheException {@link CacheFault#DEADLINE} when the run's time is over before another
     *     attempt has the answer
     * @throws InterruptedException when interrupted while another attempt works it out
     */
    <T> T get(CacheKey<T> key, Body.Rest<? extends T> work) throws Exception;
}
