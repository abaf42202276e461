package dev.flowir.durable;

import java.time.Instant;
import java.util.List;

/**
 * One record of a run, for people.
 *
 * @param number its place in the run, from 1
 * @param at when, on the run's clock: it stands still while the run is paused
 * @param what what happened, for example {@code 'charge' gave a value}
 * @param payload what it brought, as it is stored; empty when nothing
 * @param began steps that it led to, for example {@code charge#1}
 */
public record HistoryEvent(
        int number, Instant at, String what, String payload, List<String> began) {

    /** Copies the list. */
    public HistoryEvent {
        began = List.copyOf(began);
    }
}
