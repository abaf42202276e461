package dev.flowir.wasm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a compiled module under the {@code node} on the path. */
final class NodeJs {

    private static final long LIMIT_SECONDS = 300;

    private NodeJs() {}

    /** Calls {@code main} of {@code module} and returns what it printed; throws when Node fails. */
    static List<String> run(Path module) throws IOException, InterruptedException {
        String script = "import { main } from '" + module.toUri() + "'; main([]);";
        Path output = module.resolveSibling(module.getFileName() + ".out");
        Process process =
                new ProcessBuilder("node", "--input-type=module", "--eval", script)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("node did not end within " + LIMIT_SECONDS + " s");
        }
        String text = java.nio.file.Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new AssertionError("node ended with " + process.exitValue() + ":\n" + text);
        }
        return text.lines().toList();
    }
}
