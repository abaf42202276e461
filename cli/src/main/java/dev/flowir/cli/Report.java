package dev.flowir.cli;

import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.FlowReading;
import java.util.ArrayList;
import java.util.List;

/**
 * The verdict on one file.
 *
 * @param file the file
 * @param parseError whether it holds no flow at all
 * @param diagnostics everything found, errors first
 */
record Report(FlowFile file, boolean parseError, List<Diagnostic> diagnostics) {

    static Report of(FlowFile file, HintTable hints) {
        return switch (file.reading()) {
            case FlowReading.Refused refused -> new Report(file, true, List.of(refused.error()));
            case FlowReading.Read read -> new Report(file, false, read.document().check(hints));
        };
    }

    boolean valid() {
        return Checker.isValid(diagnostics);
    }

    int exitCode() {
        if (parseError) {
            return ExitCode.UNREADABLE;
        }
        return valid() ? ExitCode.OK : ExitCode.INVALID;
    }

    /** Codes of the checker's errors, in order; none when there is no flow. */
    List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (!parseError && diagnostic.severity() == Severity.ERROR) {
                codes.add(diagnostic.code().id());
            }
        }
        return codes;
    }
}
