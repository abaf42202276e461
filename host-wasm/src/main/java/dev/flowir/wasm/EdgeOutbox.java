package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the object of a run has to tell others: written together with what led to it, then told in
 * its order until each has answered. What is told twice does no harm.
 */
final class EdgeOutbox {

    /** Something to be told. */
    record Message(String to, String call, String input) {}

    private final EdgeLedger ledger;
    private final EdgeTurns line;
    private boolean delivering;

    EdgeOutbox(EdgeLedger ledger, EdgeTurns line) {
        this.ledger = ledger;
        this.line = line;
    }

    /** Adds a message to what is being written. */
    void add(String to, String call, String input) {
        ledger.owe(EdgeParts.join(to, call, input));
    }

    /**
     * Tells what is there, and waits for the answers.
     *
     * @throws RuntimeException when somebody cannot be told now
     */
    void deliver(List<EdgeTie> ties) {
        if (delivering) {
            return; // whoever delivers goes on until nothing is left
        }
        delivering = true;
        try {
            Optional<EdgeLedger.Owed> next = ledger.owed();
            while (next.isPresent() && word(next.get()) == null) {
                List<String> parts = EdgeParts.split(next.get().text());
                tell(new Message(parts.get(0), parts.get(1), parts.get(2)), ties);
                forget(next.get());
                next = ledger.owed();
            }
        } finally {
            delivering = false;
        }
    }

    /** The word to the list of runs, which is the last and goes its own way; null for any other. */
    @OnlyWith(value = Features.LISTS, optional = true)
    private static EdgeLedger.@Nullable Owed word(EdgeLedger.Owed next) {
        return next.isWord() ? next : null;
    }

    private static void tell(Message message, List<EdgeTie> ties) {
        EdgeRunDesk.Answer answer =
                EdgeRunDesk.reach(message.to(), message.call(), message.input());
        if (!answer.refused()) {
            for (EdgeTie tie : ties) {
                tie.answered(message, answer.text());
            }
            return;
        }
        Optional<JournalFault> fault = answer.known();
        if (fault.isEmpty() || fault.get().parksRuns()) {
            throw new IllegalStateException(
                    "'" + message.to() + "' was not told: " + answer.text());
        }
        JournalException why = new JournalException(fault.get(), answer.text());
        for (EdgeTie tie : ties) {
            tie.refused(message, why);
        }
    }

    private void forget(EdgeLedger.Owed told) {
        line.take();
        boolean whole = false;
        try {
            ledger.begin();
            try {
                ledger.paid(told);
                whole = true;
            } finally {
                ledger.end(whole);
            }
        } finally {
            line.give();
        }
    }
}
