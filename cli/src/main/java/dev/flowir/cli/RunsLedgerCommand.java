package dev.flowir.cli;

import dev.flowir.durable.HistoryEvent;
import dev.flowir.durable.RunView;
import dev.flowir.durable.StoredRuns;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow runs ledger}. */
@Command(
        name = "ledger",
        description = "Writes down a run and the values that it realized, as a page to be kept.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The page is Markdown: what the run is, how it ended, and each record with its value.",
            "Every record's checksum is verified. Payloads are written as they are stored.",
            "Exit codes: 0 written, 1 there is no such run, or a record is damaged,",
            "2 there is no such store or flow."
        })
final class RunsLedgerCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "the run")
    private String id = "";

    @Option(
            names = "--store",
            required = true,
            paramLabel = "FILE",
            description = "the store of an application, whether or not one has it open")
    private Path file = Path.of("");

    @Mixin private NodeNames names = new NodeNames();

    RunsLedgerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Store opened = StoreFile.look(file)) {
            StoredRuns runs = StoredRuns.in(opened);
            List<HistoryEvent> history = runs.history(id, names.read(console));
            RunView run = runs.find(id).orElseThrow();
            console.out().print(page(run, history));
            return ExitCode.OK;
        } catch (JournalException refused) {
            return RunsHistoryCommand.refused(refused, console);
        }
    }

    private static String page(RunView run, List<HistoryEvent> history) {
        StringBuilder page =
                new StringBuilder("# Run " + text(run.id()) + "\n\n| | |\n|---|---|\n");
        row(page, "Flow", text(run.flow() + " " + run.version()));
        row(page, "State", RunsListCommand.word(run.state()));
        row(page, "Restarts", Integer.toString(run.generation() - 1));
        row(page, "Created", run.created().toString());
        row(page, "Updated", run.updated().toString());
        some(page, "Output", run.output());
        some(page, "Failure", run.failure());
        some(page, "Parked", run.reason());
        page.append("\n| Record | At | What | Value | Led to |\n|---|---|---|---|---|\n");
        for (HistoryEvent event : history) {
            row(
                    page,
                    Integer.toString(event.number()),
                    event.at().toString(),
                    text(event.what()),
                    code(event.payload()),
                    text(String.join(", ", event.began())));
        }
        return page.toString();
    }

    private static void some(StringBuilder page, String name, Optional<String> value) {
        value.ifPresent(present -> row(page, name, code(present)));
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A value in a cell, as code: whatever it holds, it stays one cell of one line. */
    private static String code(String value) {
        if (value.isEmpty()) {
            return "";
        }
        String line = value.replace("\n", "\\n").replace("\r", "\\r").replace("|", "\\|");
        String fence = "`";
        while (line.contains(fence)) {
            fence += "`";
        }
        String gap = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + gap + line + gap + fence;
    }

    private static String text(String words) {
        return words.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_|<>\\[\\]])", "\\\\$1");
    }
}
