package dev.flowir.cli;

import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.Queued;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.queue.StoredQueues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A redrive some letters at a time under one token, so that it can be said how far it is, and that
 * no step takes long.
 */
final class RedriveSteps {

    /** Letters of a step. */
    static final int STEP = 100;

    private static final int PAGE = 1000;

    /** Moves the letters of one step. */
    @FunctionalInterface
    interface Mover {
        Redriven move(Redrive step) throws InterruptedException;
    }

    private final StoredQueues queues;
    private final String queue;
    private final Mover mover;

    RedriveSteps(StoredQueues queues, String queue, Mover mover) {
        this.queues = queues;
        this.queue = queue;
        this.mover = mover;
    }

    Redriven all(Redrive asked, Console console) throws InterruptedException {
        List<String> ids = ids(asked.filter());
        if (asked.mode() == Redrive.Mode.DRY_RUN || ids.isEmpty()) {
            return mover.move(asked);
        }
        int matched = 0;
        int moved = 0;
        List<String> shown = new ArrayList<>();
        Optional<String> stopped = Optional.empty();
        try (Progress progress = new Progress(console, ids.size())) {
            for (int at = 0; at < ids.size() && stopped.isEmpty(); at += STEP) {
                progress.at(at);
                Redriven step =
                        mover.move(of(asked, ids.subList(at, Math.min(at + STEP, ids.size()))));
                matched += step.matched();
                moved += step.moved();
                step.ids().stream().limit(STEP - shown.size()).forEach(shown::add);
                stopped = step.stopped();
            }
        }
        return new Redriven(asked.token(), matched, moved, shown, stopped);
    }

    private static Redrive of(Redrive asked, List<String> ids) {
        MessageFilter filter = asked.filter();
        return new Redrive(
                new MessageFilter(
                        new HashSet<>(ids),
                        filter.sourceQueue(),
                        filter.errorContains(),
                        filter.stackDigest()),
                asked.perSecond(),
                asked.mode(),
                asked.token());
    }

    private List<String> ids(MessageFilter filter) {
        List<String> ids = new ArrayList<>();
        List<Queued> page = queues.browse(queue, filter, 0, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(it -> it.deadLetter().isPresent())
                    .map(Queued::id)
                    .forEach(ids::add);
            page =
                    page.size() < PAGE
                            ? List.of()
                            : queues.browse(queue, filter, page.getLast().place(), PAGE);
        }
        return ids;
    }
}
