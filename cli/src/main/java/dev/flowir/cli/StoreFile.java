package dev.flowir.cli;

import dev.flowir.durable.SteeredRuns;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The store that a command looks at, and how it says what it found. */
final class StoreFile {

    /** For whom. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--store",
            required = true,
            paramLabel = "FILE",
            description = "the store of an application, whether or not one has it open")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "for people or for programs; default: text")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }

    /** Opens it to look at it. */
    Store look() {
        return look(file);
    }

    /** Opens one to look at it. */
    static Store look(Path file) {
        return Store.openReadOnly(file, StoreOptions.defaults().withReadBounds(1, 16));
    }

    /** Its application, which may be asked. */
    SteeredRuns steered() {
        return SteeredRuns.in(file);
    }

    /** Opens it to change it, which needs it to be free. */
    Store take() {
        look().close(); // says when there is none, instead of making one
        return Store.open(file, StoreOptions.defaults());
    }
}
