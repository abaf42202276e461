package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.processes.Going;
import java.nio.file.Path;

/** Who takes part. */
enum Contender {
    FILE("file + fdatasync"),
    SQLITE("SQLite, WAL at FULL"),
    FLOW("Flow IR"),
    DBOS("DBOS on Postgres"),
    RESTATE("Restate");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether it is measured by a process of this program, or by a program of its own. */
    boolean isOfOurs() {
        return this != DBOS && this != RESTATE;
    }

    Going.Counted run(Path folder, int callers, int seconds) throws Exception {
        return switch (this) {
            case FILE -> Contenders.file(folder, callers, seconds);
            case SQLITE -> Contenders.sqlite(folder, callers, seconds);
            case FLOW -> Contenders.flow(folder, callers, seconds);
            case DBOS, RESTATE ->
                    throw new IllegalArgumentException(title + " has a program of its own");
        };
    }
}
