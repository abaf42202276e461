package dev.flowir.cli;

import dev.flowir.durable.RunView;
import dev.flowir.durable.StoredRuns;
import dev.flowir.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flow runs show}. */
@Command(
        name = "show",
        description = "Shows where one run stands.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 shown, 1 there is no such run, 2 there is no such store."})
final class RunsShowCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "the run")
    private String id = "";

    @Mixin private StoreFile store = new StoreFile();

    RunsShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Store opened = store.look()) {
            Optional<RunView> found = StoredRuns.in(opened).find(id);
            if (found.isEmpty()) {
                console.err().println("flow: DUR302 there is no run '" + id + "'");
                console.err().println("      flow explain DUR302");
                return ExitCode.INVALID;
            }
            RunView run = found.get();
            List<String> asked = StoredRuns.in(opened).asked(id);
            if (store.isJson()) {
                JsonLine json = RunText.json(run);
                console.out().println(asked.isEmpty() ? json : json.with("asked", asked));
                return ExitCode.OK;
            }
            line("run", run.id());
            line("flow", run.flow() + " " + run.version());
            line("state", RunsListCommand.word(run.state()));
            if (run.generation() > 1) {
                line("restarts", Integer.toString(run.generation() - 1));
            }
            line("created", run.created().toString());
            line("updated", run.updated().toString());
            run.wakes().ifPresent(at -> line("wakes", at.toString()));
            run.output().ifPresent(output -> line("output", output));
            run.failure().ifPresent(failure -> line("failure", failure));
            run.reason().ifPresent(reason -> line("parked", reason));
            asked.forEach(request -> line("asked", request));
            return ExitCode.OK;
        }
    }

    private void line(String name, String value) {
        console.out().println("%-9s %s".formatted(name, value));
    }
}
