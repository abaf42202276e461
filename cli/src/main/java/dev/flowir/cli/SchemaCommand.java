package dev.flowir.cli;

import dev.flowir.ir.json.FlowJson;
import picocli.CommandLine.Command;

/** {@code flow schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of flows, for editors.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {

    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().println(FlowJson.schema());
    }
}
