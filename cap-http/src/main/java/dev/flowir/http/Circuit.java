package dev.flowir.http;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Supplier;

/** The circuit breaker of an endpoint. Thread-safe; its time is the clock's. */
final class Circuit implements Breaker {

    private sealed interface State {
        record Closed() implements State {}

        record Open(Instant until) implements State {}

        record Probing(int sent, int succeeded) implements State {}
    }

    private final CircuitBreaking rules;
    private final Supplier<Instant> clock;
    private final BitSet failures = new BitSet();
    private State state = new State.Closed();

    /** Number of the time between two changes of state: outcomes of earlier ones do not count. */
    private long period;

    private int calls;
    private int next;

    Circuit(CircuitBreaking rules, Supplier<Instant> clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public synchronized Ruling ask() {
        if (state instanceof State.Open open && !clock.get().isBefore(open.until())) {
            change(new State.Probing(0, 0));
        }
        return switch (state) {
            case State.Closed closed -> go();
            case State.Open open -> new Ruling.Stop(Spans.between(clock.get(), open.until()));
            case State.Probing probing -> {
                if (probing.sent() == rules.probes()) {
                    yield new Ruling.Stop(Duration.ZERO);
                }
                state = new State.Probing(probing.sent() + 1, probing.succeeded());
                yield go();
            }
        };
    }

    private Ruling go() {
        long now = period;
        return new Ruling.Go(outcome -> record(now, outcome));
    }

    private synchronized void record(long asked, SharedCircuit.Outcome outcome) {
        if (asked != period) {
            return;
        }
        switch (state) {
            case State.Closed closed -> count(outcome);
            case State.Open open -> {}
            case State.Probing probing -> probed(probing, outcome);
        }
    }

    private void probed(State.Probing probing, SharedCircuit.Outcome outcome) {
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

    private void count(SharedCircuit.Outcome outcome) {
        if (outcome == SharedCircuit.Outcome.UNKNOWN) {
            return;
        }
        failures.set(next, outcome == SharedCircuit.Outcome.FAILED);
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
