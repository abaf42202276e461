package dev.flowir.cli;

import dev.flowir.ir.HintTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow check}. */
@Command(
        name = "check",
        description = "Says what is wrong with flows before they run.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "json gives one object per line and file: file, valid, parse_error,",
            "codes (errors, in order), diagnostics (errors, then warnings).",
            "Exit codes: 0 all valid, 1 one is invalid, 2 one could not be read."
        })
final class CheckCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON
    }

    enum Table {
        FULL,
        CORE
    }

    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "flows as JSON; - for standard input")
    private List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "for people or for programs; default: text")
    private Format format = Format.TEXT;

    @Option(
            names = "--table",
            paramLabel = "full|core",
            defaultValue = "full",
            description = "what hints demand: all we know, or what the reference's CLI knows")
    private Table table = Table.FULL;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        HintTable hints = table == Table.FULL ? HintTable.FULL : HintTable.CORE;
        int exitCode = ExitCode.OK;
        for (String name : files) {
            Report report = Report.of(FlowFile.read(name, console), hints);
            exitCode = Math.max(exitCode, report.exitCode());
            if (format == Format.JSON) {
                JsonReport.print(report, console.out());
            } else {
                new TextReport(console.out()).print(report);
            }
        }
        return exitCode;
    }
}
