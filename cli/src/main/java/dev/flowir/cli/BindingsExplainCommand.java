package dev.flowir.cli;

import dev.flowir.bindings.BindingsLock;
import dev.flowir.bindings.Instance;
import dev.flowir.bindings.Kinds;
import dev.flowir.ir.check.Names;
import dev.flowir.kernel.cap.IsolationKind;
import dev.flowir.kernel.cap.ProviderKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow bindings explain}. */
@Command(
        name = "explain",
        description = {
            "Says what each flow of a lock uses, or what a kind takes as JSON Schemas;",
            "without either, which kinds are present."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 said, 2 there is no such kind, or the lock is refused."})
final class BindingsExplainCommand implements Callable<Integer> {

    private static final int NAME_WIDTH = 24;

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOCK",
            description = "bindings.lock.json; - for standard input")
    private Optional<String> lock = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "kv.redis, or kv/prefix_keys for what is put around it")
    private Optional<String> kind = Optional.empty();

    @Mixin private FlowsOption flows = new FlowsOption();

    BindingsExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Kinds kinds = flows.kinds();
        if (kind.isPresent()) {
            console.out().print(schemas(kinds, kind.get()));
            console.out().flush();
        } else if (lock.isPresent()) {
            explain(BindingsLock.parse(lock.get(), FlowsOption.bytes(lock.get(), console)));
        } else {
            for (ProviderKind one : kinds.providers().values()) {
                line(one.kind(), one.about());
            }
            for (IsolationKind one : kinds.wrappers()) {
                line(name(one), one.about());
            }
        }
        return ExitCode.OK;
    }

    private static String name(IsolationKind wrapper) {
        return wrapper.capability() + "/" + wrapper.kind();
    }

    private void line(String name, String about) {
        console.out().println(name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + about);
    }

    private static String schemas(Kinds kinds, String wanted) {
        Optional<String> wrapper =
                kinds.wrappers().stream()
                        .filter(one -> name(one).equals(wanted))
                        .map(Kinds::schema)
                        .findFirst();
        return kinds.schemas(wanted)
                .or(() -> wrapper)
                .orElseThrow(() ->
                        new RefusedCommand(
                                "no module that is present brings the kind "
                                        + Names.quote(wanted)
                                        + Names.nearest(wanted, kinds.providers().keySet())
                                                .map(near -> "; did you mean " + near + "?")
                                                .orElse("; flow bindings explain lists all")));
    }

    private void explain(BindingsLock read) {
        Map<String, Instance> instances = read.instances();
        read.flows()
                .forEach((flow, uses) -> {
                    console.out().println(flow);
                    uses.forEach((hint, name) ->
                            console.out()
                                    .println(
                                            "  "
                                                    + hint
                                                    + " -> "
                                                    + Optional.ofNullable(instances.get(name))
                                                            .map(BindingsExplainCommand::text)
                                                            .orElse(
                                                                    name
                                                                            + ", which is no instance")));
                });
    }

    private static String text(Instance instance) {
        String around =
                instance.isolation().stream()
                        .map(Instance.Wrapper::kind)
                        .collect(Collectors.joining(", then "));
        return instance.name()
                + " ("
                + (around.isEmpty() ? "" : around + ", then ")
                + instance.providerKind()
                + ")";
    }
}
