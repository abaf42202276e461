package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flow explain}. */
@Command(
        name = "explain",
        description = "Says what a code means and what to do about it; lists all without one.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final int WIDTH = 78;

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "for example DAG205")
    private Optional<String> id = Optional.empty();

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (id.isEmpty()) {
            for (Code code : AllCodes.list()) {
                console.out().println(pad(code.id()) + code.summary());
            }
            return ExitCode.OK;
        }
        String wanted = id.get().toUpperCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (Code code : AllCodes.list()) {
            if (code.id().equals(wanted)) {
                print(code);
                return ExitCode.OK;
            }
            known.add(code.id());
        }
        throw new RefusedCommand(
                "there is no code "
                        + Names.quote(id.get())
                        + Names.nearest(wanted, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; flow explain lists all"));
    }

    private void print(Code code) {
        console.out()
                .println(
                        code.id()
                                + " ("
                                + code.severity().wire()
                                + ", "
                                + code.subsystem()
                                + "): "
                                + code.summary());
        console.out().println();
        wrapped(code.explanation());
        console.out().println();
        wrapped("What to do: " + code.suggestion() + ".");
    }

    private void wrapped(String text) {
        StringBuilder line = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int blank = text.indexOf(' ', from);
            int to = blank < 0 ? text.length() : blank;
            if (line.length() > 0 && line.length() + 1 + to - from > WIDTH) {
                console.out().println(line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(text, from, to);
            from = to + 1;
        }
        console.out().println(line);
    }

    private static String pad(String id) {
        return id + " ".repeat(Math.max(1, 11 - id.length()));
    }
}
