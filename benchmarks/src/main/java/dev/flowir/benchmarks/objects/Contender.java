package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.processes.Going;
import dev.flowir.benchmarks.report.Bars;
import java.nio.file.Path;
import java.util.Optional;

/** Who takes part, and what it does for a caller. */
enum Contender {
    FILE("file + fdatasync", Bars.Kind.BOUND),
    STORE("the store alone", Bars.Kind.BOUND),
    CALLED("Flow IR, called", Bars.Kind.OURS),
    SENT("Flow IR, sent", Bars.Kind.OURS),
    WRITING("Flow IR", Bars.Kind.OURS),
    PEKKO_ASK("Pekko, asked", "ask"),
    PEKKO_TELL("Pekko, told", "tell"),
    PEKKO_PERSIST("Pekko persistence, Postgres", "persist");

    private final String title;
    private final Bars.Kind kind;
    private final Optional<String> work;

    Contender(String title, Bars.Kind kind) {
        this.title = title;
        this.kind = kind;
        this.work = Optional.empty();
    }

    Contender(String title, String work) {
        this.title = title;
        this.kind = Bars.Kind.PEER;
        this.work = Optional.of(work);
    }

    String title() {
        return title;
    }

    Bars.Kind kind() {
        return kind;
    }

    /** What Pekko's program is told to do; empty for a contender in a process of ours. */
    Optional<String> work() {
        return work;
    }

    Going.Counted run(Path folder, int callers, int objects, int seconds) throws Exception {
        return switch (this) {
            case FILE -> Contenders.file(folder, callers, seconds);
            case STORE -> Contenders.store(folder, callers, objects, seconds);
            case CALLED -> Contenders.called(folder, callers, objects, seconds);
            case SENT -> Contenders.sent(folder, callers, objects, seconds);
            case WRITING -> Contenders.writing(folder, callers, objects, seconds);
            case PEKKO_ASK, PEKKO_TELL, PEKKO_PERSIST ->
                    throw new IllegalArgumentException(title + " has a program of its own");
        };
    }
}
