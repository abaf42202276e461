package dev.flowir.cli;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.diff.Edit;
import dev.flowir.ir.diff.FlowDiff;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow diff}. */
@Command(
        name = "diff",
        description = "Says whether durable runs in flight go on with a new version of a flow.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "OLD and NEW are JSON files, - for standard input, or classes with a public static",
            "Flow: com.acme.Checkout, or com.acme.Checkout#CHECKOUT when it has several.",
            "Code of nodes is not compared: replay kept histories for that.",
            "Exit codes: 0 runs go on, 1 they are parked, 2 a flow could not be read."
        })
final class DiffCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON
    }

    private final Console console;

    @Parameters(index = "0", paramLabel = "OLD", description = "what runs were begun with")
    private String old = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "what is to take its place")
    private String next = "";

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "for people or for programs; default: text")
    private Format format = Format.TEXT;

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where classes are")
    private String classPath = "";

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (old.equals("-") && next.equals("-")) {
            throw new RefusedCommand("standard input cannot be both flows");
        }
        JavaValues values = new JavaValues(classPath);
        FlowSource was = FlowSource.read(old, values, console);
        FlowSource is = FlowSource.read(next, values, console);
        if (was.definition().isEmpty() || is.definition().isEmpty()) {
            TextReport report = new TextReport(console.err());
            was.refusal().ifPresent(error -> report.print(was.file(), error));
            is.refusal().ifPresent(error -> report.print(is.file(), error));
            return ExitCode.UNREADABLE;
        }
        return print(was, is, edits(was, is));
    }

    private static List<Edit> edits(FlowSource was, FlowSource is) {
        if (was.flow().isPresent() && is.flow().isPresent()) {
            return FlowDiff.of(was.flow().get(), is.flow().get());
        }
        FlowDefinition before = was.definition().orElseThrow();
        return FlowDiff.of(before, is.definition().orElseThrow());
    }

    private int print(FlowSource was, FlowSource is, List<Edit> edits) {
        DiffReport report = new DiffReport(was, is, edits);
        if (format == Format.JSON) {
            report.json(console.out());
        } else {
            report.text(console.out());
        }
        return FlowDiff.isCompatible(edits) ? ExitCode.OK : ExitCode.INVALID;
    }
}
