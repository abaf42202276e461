package dev.flowir.cli;

import dev.flowir.durable.RunView;
import dev.flowir.durable.StoredRuns;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs that a command is about: named one by one, or all that a filter means. */
final class WhichRuns {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "the runs")
    private List<String> ids = List.of();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "instead of ids: runs in these states, by comma")
    private List<RunState> states = List.of();

    @Option(
            names = "--flow",
            paramLabel = "NAME",
            description = "instead of ids: runs of this flow")
    private Optional<String> flow = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many a filter means at most; default: 1000")
    private int limit = 1000;

    @Option(names = "--dry-run", description = "only say which runs it would be")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** Ids of the runs, in the order in which they were named or made. */
    List<String> find(StoreFile store, boolean over) {
        boolean filtered = flow.isPresent() || !states.isEmpty();
        if (filtered != ids.isEmpty()) {
            throw new RefusedCommand("say which runs, either by id or with --state and --flow");
        }
        if (!filtered) {
            return ids;
        }
        List<RunState> wanted =
                states.isEmpty()
                        ? Arrays.stream(RunState.values())
                                .filter(state -> over || !state.isOver())
                                .toList()
                        : states;
        try (Store opened = store.look()) {
            return StoredRuns.in(opened)
                    .list(wanted, run -> flow.isEmpty() || flow.get().equals(run.flow()), limit)
                    .stream()
                    .map(RunView::id)
                    .toList();
        }
    }
}
