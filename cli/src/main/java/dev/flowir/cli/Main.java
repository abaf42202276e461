package dev.flowir.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program {@code flow}. */
public final class Main {

    /** A store, a journal, a server or bindings say what they refuse with its code first. */
    private static final String CODED = "(?s)\\[[A-Z][A-Z0-9]*[0-9]{3}] .+";

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments name of the command and its arguments
     */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    static int run(Console console, String... arguments) {
        CommandLine line = new CommandLine(new FlowCommand());
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new DiffCommand(console));
        line.addSubcommand(new GraphCommand(console));
        line.addSubcommand(new RunCommand(console));
        line.addSubcommand(
                new CommandLine(new PackageCommand())
                        .addSubcommand(new PackageWorkersCommand(console)));
        line.addSubcommand(
                new CommandLine(new PublishCommand())
                        .addSubcommand(new PublishWorkersCommand(console)));
        line.addSubcommand(new ServeCommand(console));
        line.addSubcommand(new ExplainCommand(console));
        line.addSubcommand(new SchemaCommand(console));
        line.addSubcommand(
                new CommandLine(new BindingsCommand())
                        .addSubcommand(new BindingsLockCommand(console))
                        .addSubcommand(new BindingsCheckCommand(console))
                        .addSubcommand(new BindingsExplainCommand(console)));
        line.addSubcommand(
                new CommandLine(new RunsCommand())
                        .addSubcommand(new RunsListCommand(console))
                        .addSubcommand(new RunsShowCommand(console))
                        .addSubcommand(new RunsHistoryCommand(console))
                        .addSubcommand(new RunsLedgerCommand(console))
                        .addSubcommand(new RunsPauseCommand(console))
                        .addSubcommand(new RunsResumeCommand(console))
                        .addSubcommand(new RunsTerminateCommand(console))
                        .addSubcommand(new RunsRestartCommand(console))
                        .addSubcommand(new RunsSignalCommand(console))
                        .addSubcommand(new RunsAnswerCommand(console)));
        line.addSubcommand(
                new CommandLine(new DlqCommand())
                        .addSubcommand(new DlqListCommand(console))
                        .addSubcommand(new DlqShowCommand(console))
                        .addSubcommand(new DlqRedriveCommand(console)));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof RefusedCommand refused) {
                console.err().println("flow: " + refused.getMessage());
                return ExitCode.UNREADABLE;
            }
            if (String.valueOf(failure.getMessage()).matches(CODED)) {
                return refused(String.valueOf(failure.getMessage()), console);
            }
            report(failure, console);
            return ExitCode.BROKEN;
        });
        return line.execute(arguments);
    }

    /** Says what was refused: the message begins with the code. */
    private static int refused(String message, Console console) {
        int end = message.indexOf(']');
        String code = message.substring(1, end);
        console.err().println("flow: " + code + message.substring(end + 1));
        console.err().println("      flow explain " + code);
        return ExitCode.UNREADABLE;
    }

    /** What somebody needs to find the fault: the whole chain of causes with their frames. */
    private static void report(Throwable failure, Console console) {
        console.err().println("flow: this is a fault of flow itself; please report it with");
        for (Throwable next = failure; next != null; next = next.getCause()) {
            console.err().println(next);
            for (StackTraceElement frame : next.getStackTrace()) {
                console.err().println("    at " + frame);
            }
        }
    }
}
