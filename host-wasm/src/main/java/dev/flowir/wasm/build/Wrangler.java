package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The platform's own tool, which checks a project and publishes it. */
public final class Wrangler {

    /** How far it goes. */
    public enum Mode {
        /** Reads the configuration, gathers what would be sent, and sends nothing. */
        DRY_RUN,
        /** Publishes, with the account that the tool is logged in to. */
        DEPLOY
    }

    private static final Path PROGRAM = Path.of("node_modules", "wrangler", "bin", "wrangler.js");

    private Wrangler() {}

    /**
     * Publishes a project. The tool is brought once, by the version that is written down in this
     * library; that needs {@code node} and {@code npm}. It asks nothing: what it would ask for is
     * an error.
     *
     * @param project folder that {@link WorkerProject} wrote
     * @param tools folder in which the tool is kept for the next time
     * @param how how far to go
     * @param log takes each line of what it says
     * @throws BuildException when the project has no configuration, or the tool refuses it
     * @throws InterruptedException when this thread was interrupted before it was done
     */
    public static void deploy(Path project, Path tools, Mode how, Consumer<String> log)
            throws BuildException, InterruptedException {
        Path folder = project.toAbsolutePath();
        if (Files.notExists(folder.resolve("wrangler.json"))) {
            throw new BuildException(
                    "there is no wrangler.json in "
                            + project
                            + "; flow package workers writes one");
        }
        try {
            LocalTools.bring(tools);
            Process process = start(folder, tools.toAbsolutePath(), how);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                said.lines().forEach(log);
            } finally {
                process.destroy();
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new BuildException("wrangler refused " + project + ", exit code " + code);
            }
        } catch (IOException failed) {
            throw new BuildException("cannot run wrangler on " + project, failed);
        }
    }

    private static Process start(Path folder, Path tools, Mode how) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("node", tools.resolve(PROGRAM).toString(), "deploy"));
        if (how == Mode.DRY_RUN) {
            command.add("--dry-run");
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment()
                .putAll(
                        Map.of(
                                "CI", "true",
                                "NO_COLOR", "1",
                                "WRANGLER_SEND_METRICS", "false",
                                "WRANGLER_HIDE_BANNER", "true",
                                "WRANGLER_LOG_PATH", folder.resolve(".wrangler/logs").toString()));
        return builder.start();
    }
}
