package dev.flowir.cache;

import dev.flowir.kernel.cap.Scope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;

/** Where answers are, and who works on them now. */
interface Shelf {

    /** Who works on which answer in this process; where they are kept here, the answers, too. */
    ConcurrentMap<CacheKey<?>, CompletableFuture<Object>> flights();

    /** An answer that is kept elsewhere. */
    <T> Optional<T> find(CacheKey<T> key, Scope scope);

    /** Keeps an answer elsewhere. */
    <T> void keep(CacheKey<T> key, T answer, Scope scope);

    /** Whoever worked on an answer has told those who waited. */
    void landed(CacheKey<?> key, Flight flight);

    void clear();

    /** How many answers were worked out and could not be kept. */
    long unkept();

    /** How many answers went. */
    long evicted();

    long entries();
}
