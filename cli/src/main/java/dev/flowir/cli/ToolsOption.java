package dev.flowir.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the platform's own programs are kept. */
final class ToolsOption {

    @Option(
            names = "--tools",
            paramLabel = "FOLDER",
            description = "where what runs workers is kept; default: ~/.cache/flowir/workerd")
    private Path tools = Path.of(System.getProperty("user.home"), ".cache", "flowir", "workerd");

    Path folder() {
        return tools;
    }
}
