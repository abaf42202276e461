package dev.flowir.cache;

import dev.flowir.ir.Body;
import dev.flowir.kernel.cap.Scope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The handle of one attempt. */
final class Asking implements Cache {

    /** Between two looks at whether who works on an answer was given up. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Shelf shelf;
    private final LongAdder found;
    private final LongAdder worked;
    private final Scope scope;

    Asking(Shelf shelf, LongAdder found, LongAdder worked, Scope scope) {
        this.shelf = shelf;
        this.found = found;
        this.worked = worked;
        this.scope = scope;
    }

    @Override
    @SuppressWarnings("unchecked") // the type is part of the key
    public <T> T get(CacheKey<T> key, Body.Rest<? extends T> work) throws Exception {
        while (true) {
            CompletableFuture<Object> there = shelf.flights().get(key);
            if (there == null) {
                Flight mine = new Flight(scope);
                there = shelf.flights().putIfAbsent(key, mine);
                if (there == null) {
                    return lead(key, mine, work);
                }
            }
            if (await(key, there)) {
                found.increment();
                return (T) there.join();
            }
            shelf.flights().remove(key, there);
        }
    }

    private <T> T lead(CacheKey<T> key, Flight mine, Body.Rest<? extends T> work) throws Exception {
        try {
            Optional<T> kept = shelf.find(key, scope);
            T value = kept.isPresent() ? kept.get() : worked(key, work);
            (kept.isPresent() ? found : worked).increment();
            mine.complete(value);
            return value;
        } finally {
            mine.landed();
            shelf.landed(key, mine);
            if (!mine.isDone()) {
                shelf.flights().remove(key, mine); // before anybody is woken: failures stay nowhere
                mine.cancel(false);
            }
        }
    }

    private <T> T worked(CacheKey<T> key, Body.Rest<? extends T> work) throws Exception {
        T value = work.run();
        shelf.keep(key, value, scope);
        return value;
    }

    /** Waits for somebody else's work; false when there is no answer and this one may try. */
    private boolean await(CacheKey<?> key, CompletableFuture<Object> there)
            throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Object> told = there.whenComplete((value, failure) -> over.countDown());
        while (!told.isDone()) {
            scope.fence().ensureCurrent();
            if (there instanceof Flight flight && flight.isLedBy(scope)) {
                throw new IllegalStateException("the work for " + key + " asks for its own answer");
            }
            if (there instanceof Flight flight && flight.isLost()) {
                return false;
            }
            long left = scope.remainingNanos().orElse(Long.MAX_VALUE);
            if (left <= 0) {
                throw new CacheException(
                        CacheFault.DEADLINE, "the answer to " + key + " is not there in time");
            }
            if (over.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                break;
            }
        }
        return !there.isCompletedExceptionally();
    }
}
