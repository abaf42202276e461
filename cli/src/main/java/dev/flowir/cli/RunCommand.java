package dev.flowir.cli;

import dev.flowir.bindings.Bindings;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.kernel.Runtime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow run}. */
@Command(
        name = "run",
        description = "Runs a flow once and prints its output as JSON, a stream item by item.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "FLOW is a JSON file, - for standard input, or a class with a public static Flow:",
            "com.acme.Checkout, or com.acme.Checkout#CHECKOUT when it has several.",
            "Nodes of a JSON file are run by handlers, found by the node's identifier in",
            "every dev.flowir.ir.Handlers service on the class path, and in these:",
            "  flow::identity  gives what it gets",
            "  flow::items     streams the items of a list",
            "  flow::fail      fails, with its input as the message",
            "Exit codes: 0 output, 1 the flow is invalid or its run failed,",
            "2 something could not be read: the flow, the input, an option."
        })
final class RunCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FLOW", description = "a JSON file or a class, see below")
    private String target = "-";

    @Option(
            names = "--input",
            paramLabel = "JSON|@FILE|-",
            defaultValue = "{}",
            description = "the input as JSON, in a file, or on standard input; default: {}")
    private String input = "{}";

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "time until the output must be there, like 500ms, 2s, 1m")
    private Optional<Duration> deadline = Optional.empty();

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where classes and handlers are")
    private String classPath = "";

    @Option(
            names = "--capabilities",
            paramLabel = "CLASS[#FIELD]",
            description = "a public static Capabilities that the flow may use")
    private Optional<String> capabilities = Optional.empty();

    @Option(
            names = "--trigger",
            paramLabel = "ALIAS",
            description = "where input goes in a JSON file; default: the only trigger or root")
    private Optional<String> trigger = Optional.empty();

    @Option(
            names = "--capture",
            paramLabel = "ALIAS",
            description = "whose output is printed for a JSON file; default: the only end")
    private Optional<String> capture = Optional.empty();

    @Mixin private BindingsOption bindings = new BindingsOption();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JavaValues values = new JavaValues(classPath);
        if (capabilities.isPresent() && bindings.isGiven()) {
            throw new RefusedCommand(
                    "capabilities come from a class or from a lock, not from both");
        }
        try (Host host = new Host(bindings.open(values.loader(), console))) {
            return call(values, host);
        }
    }

    private int call(JavaValues values, Host host) {
        if (!FlowSource.isFile(target)) {
            return run(values.flow(target), values, host);
        }
        if (target.equals("-") && input.equals("-")) {
            throw new RefusedCommand("standard input cannot be both the flow and its input");
        }
        FlowFile file = FlowFile.read(target, console);
        Report report = Report.of(file, host.hints());
        return switch (file.reading()) {
            case FlowReading.Read read when report.valid() ->
                    run(
                            Flow.interpreted(
                                    read.document().flow(),
                                    Ends.trigger(read.document().flow(), trigger),
                                    Ends.capture(read.document().flow(), capture),
                                    new FoundHandlers(values.loader())),
                            values,
                            host);
            case FlowReading.Read invalid -> refused(report);
            case FlowReading.Refused unreadable -> refused(report);
        };
    }

    private int refused(Report report) {
        new TextReport(console.err()).print(report);
        return report.exitCode();
    }

    private int run(Flow<?, ?> flow, JavaValues values, Host host) {
        Runtime.Builder runtimes = Runtime.builder();
        capabilities.map(values::capabilities).ifPresent(runtimes::capabilities);
        host.bindings()
                .ifPresent(bound ->
                        runtimes.capabilities(bound.capabilities(flow)).hints(bound.hints()));
        return new OneRun(console, runtimes, deadline).of(flow, JsonArgument.bytes(input, console));
    }

    /** What a lock binds, if there is one. */
    private record Host(Optional<Bindings> bindings) implements AutoCloseable {

        HintTable hints() {
            return bindings.map(Bindings::hints).orElse(HintTable.FULL);
        }

        @Override
        public void close() {
            bindings.ifPresent(Bindings::close);
        }
    }
}
