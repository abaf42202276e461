package dev.flowir.cli;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.FlowReading;
import java.io.PrintStream;

/** A report for people: each finding with its place, the line it stands on, and what to do. */
final class TextReport {

    private final PrintStream out;

    TextReport(PrintStream out) {
        this.out = out;
    }

    void print(Report report) {
        for (Diagnostic diagnostic : report.diagnostics()) {
            print(report.file(), diagnostic);
        }
        out.println(report.file().name() + ": " + summary(report));
    }

    void print(FlowFile file, Diagnostic diagnostic) {
        print(file, diagnostic, diagnostic.severity().wire());
    }

    /** The same with another word for how much it weighs. */
    void print(FlowFile file, Diagnostic diagnostic, String weight) {
        String place =
                diagnostic
                        .location()
                        .position()
                        .map(position -> position.toString())
                        .orElse(file.name());
        out.println(
                place + ": " + weight + " " + diagnostic.code().id() + ": " + diagnostic.message());
        diagnostic
                .location()
                .position()
                .flatMap(position -> Snippet.of(file.text(), position))
                .ifPresent(snippet -> {
                    out.println(snippet.line());
                    out.println(snippet.caret());
                });
        out.println("  " + diagnostic.suggestion());
        out.println();
    }

    private static String summary(Report report) {
        long errors = count(report, Severity.ERROR);
        long warnings = count(report, Severity.WARNING);
        String found = amount(errors, "error") + ", " + amount(warnings, "warning");
        return switch (report.file().reading()) {
            case FlowReading.Refused refused -> "no flow could be read";
            case FlowReading.Read read -> {
                FlowDefinition flow = read.document().flow();
                String size =
                        amount(flow.nodes().size(), "node")
                                + ", "
                                + amount(flow.edges().size(), "edge");
                String verdict = report.valid() ? "valid (" : "invalid (";
                yield verdict + size + ")" + (errors + warnings == 0 ? "" : ": " + found);
            }
        };
    }

    private static long count(Report report, Severity severity) {
        return report.diagnostics().stream().filter(one -> one.severity() == severity).count();
    }

    private static String amount(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
