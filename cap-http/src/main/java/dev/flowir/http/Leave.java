package dev.flowir.http;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave for one call: a place among the open ones, and the circuit breaker's. */
final class Leave implements ReplyBody.Watch {

    /** Takes note of how the call went. */
    interface Book {
        void record(SharedCircuit.Outcome outcome);
    }

    private final Places places;
    private final Book book;
    private final AtomicBoolean recorded = new AtomicBoolean();
    private final AtomicBoolean given = new AtomicBoolean();

    Leave(Places places, Book book) {
        this.places = places;
        this.book = book;
    }

    /** Tells how the call went; the first word counts. */
    void record(SharedCircuit.Outcome outcome) {
        if (!recorded.getAndSet(true)) {
            book.record(outcome);
        }
    }

    @Override
    public void broken() {
        record(SharedCircuit.Outcome.FAILED);
    }

    @Override
    public void answered() {
        record(SharedCircuit.Outcome.SUCCEEDED);
    }

    @Override
    public void over() {
        record(SharedCircuit.Outcome.UNKNOWN);
        if (!given.getAndSet(true)) {
            places.giveBack();
        }
    }
}
