package dev.flowir.http;

import java.time.Duration;

/** Whom calls ask before they go. Thread-safe. */
interface Breaker {

    /** What becomes of a call. */
    sealed interface Ruling {

        /**
         * It goes.
         *
         * @param book is told how it went
         */
        record Go(Leave.Book book) implements Ruling {}

        /**
         * It does not.
         *
         * @param openFor time until another may; zero while others try
         */
        record Stop(Duration openFor) implements Ruling {}
    }

    /** Every call goes. */
    Breaker NONE = () -> new Ruling.Go(outcome -> {});

    /** Asks for one call. */
    Ruling ask();

    /** The one that settings say. */
    static Breaker of(HttpSettings settings) {
        if (settings.breaker().isEmpty()) {
            return NONE;
        }
        CircuitBreaking rules = settings.breaker().get();
        Circuit own = new Circuit(rules, settings.now());
        return settings.sharedCircuit()
                .<Breaker>map(shared -> () -> ask(shared, rules, own))
                .orElse(own);
    }

    /** Goes by what all saw; the process's own circuit knows its part, for when nobody can say. */
    private static Ruling ask(SharedCircuit shared, CircuitBreaking rules, Circuit own) {
        return switch (shared.ask(rules)) {
            case SharedCircuit.Answer.Go(long period) -> {
                Ruling here = own.ask();
                yield new Ruling.Go(outcome -> {
                    if (here instanceof Ruling.Go(Leave.Book book)) {
                        book.record(outcome);
                    }
                    shared.tell(rules, period, outcome);
                });
            }
            case SharedCircuit.Answer.Stop(Duration openFor) -> new Ruling.Stop(openFor);
            case SharedCircuit.Answer.Away nobody -> own.ask();
        };
    }
}
