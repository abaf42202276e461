package dev.flowir.http;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;

/** The circuit breaker of an endpoint. Thread-safe; its time is the clock's. */
final class Circuit {

    /** How a call went, as far as the service is to blame. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        /** The caller ended it: says nothing about the service. */
        UNKNOWN
    }

    private sealed interface State {
        record Closed() implements State {}

        record Open(Instant until) implements State {}

        record Probing(int sent, int succeeded) implements State {}
    }

    /**
     * Leave to call, in one period between two changes of state: outcomes of earlier periods do not
     * count.
     *
     * @param period number of the period
     */
    record Permit(long period) {}

    private final CircuitBreaking rules;
    private final Supplier<Instant> clock;
    private final BitSet failures = new BitSet();
    private State state = new State.Closed();
    private long period;
    private int calls;
    private int next;

    Circuit(CircuitBreaking rules, Supplier<Instant> clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Leave to call; empty while the circuit is open. */
    synchronized Optional<Permit> permit() {
        if (state instanceof State.Open open && !clock.get().isBefore(open.until())) {
            change(new State.Probing(0, 0));
        }
        return switch (state) {
            case State.Closed closed -> Optional.of(new Permit(period));
            case State.Open open -> Optional.empty();
            case State.Probing probing -> {
                if (probing.sent() == rules.probes()) {
                    yield Optional.empty();
                }
                state = new State.Probing(probing.sent() + 1, probing.succeeded());
                yield Optional.of(new Permit(period));
            }
        };
    }

    /** How long it stays open; zero when it is not, or lets probes through. */
    synchronized Duration openFor() {
        return state instanceof State.Open open
                ? Duration.between(clock.get(), open.until())
                : Duration.ZERO;
    }

    /** Tells how a call went. */
    synchronized void record(Permit permit, Outcome outcome) {
        if (permit.period() != period) {
            return;
        }
        switch (state) {
            case State.Closed closed -> count(outcome);
            case State.Open open -> {}
            case State.Probing probing -> probed(probing, outcome);
        }
    }

    private void probed(State.Probing probing, Outcome outcome) {
        switch (outcome) {
            case FAILED -> open();
            case UNKNOWN -> state = new State.Probing(probing.sent() - 1, probing.succeeded());
            case SUCCEEDED -> {
                int succeeded = probing.succeeded() + 1;
                if (succeeded == rules.probes()) {
                    change(new State.Closed());
                } else {
                    state = new State.Probing(probing.sent(), succeeded);
                }
            }
        }
    }

    private void count(Outcome outcome) {
        if (outcome == Outcome.UNKNOWN) {
            return;
        }
        failures.set(next, outcome == Outcome.FAILED);
        next = (next + 1) % rules.window();
        calls = Math.min(calls + 1, rules.window());
        if (calls >= rules.minimumCalls()
                && failures.cardinality() * 100L >= (long) rules.failurePercent() * calls) {
            open();
        }
    }

    private void open() {
        change(new State.Open(clock.get().plus(rules.openFor())));
    }

    private void change(State to) {
        state = to;
        period++;
        failures.clear();
        calls = 0;
        next = 0;
    }
}
