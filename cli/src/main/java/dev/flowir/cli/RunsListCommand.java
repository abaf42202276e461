package dev.flowir.cli;

import dev.flowir.durable.RunView;
import dev.flowir.durable.StoredRuns;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow runs list}. */
@Command(
        name = "list",
        description = "Lists runs in the order in which they were made.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "json gives one object per line: id, flow, version, generation, state, created,",
            "updated, and where they apply wakes, output, failure, reason.",
            "Exit codes: 0 listed, 2 there is no such store."
        })
final class RunsListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private StoreFile store = new StoreFile();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "only these, by comma: ${COMPLETION-CANDIDATES}")
    private List<RunState> states = List.of();

    @Option(names = "--flow", paramLabel = "NAME", description = "only runs of this flow")
    private Optional<String> flow = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many at most; default: 100")
    private int limit = 100;

    RunsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<RunState> wanted = states.isEmpty() ? List.of(RunState.values()) : states;
        try (Store opened = store.look()) {
            List<RunView> found =
                    StoredRuns.in(opened)
                            .list(
                                    wanted,
                                    run -> flow.isEmpty() || flow.get().equals(run.flow()),
                                    limit);
            found.forEach(run ->
                    console.out().println(store.isJson() ? RunText.json(run) : RunText.line(run)));
            if (found.size() == limit) {
                console.err()
                        .println("flow: there may be more than " + limit + "; ask with --limit");
            }
        }
        return ExitCode.OK;
    }

    /** State in small letters. */
    static String word(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
