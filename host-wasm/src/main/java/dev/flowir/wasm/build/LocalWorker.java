package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A project that runs on this machine, in workerd, with what the platform's simulator keeps for it.
 * It stops when it is closed, or when this process ends in any way.
 */
public final class LocalWorker implements AutoCloseable {

    private static final String READY = "ready ";
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final URI address;

    /** Reads what goes to the standard error. */
    private final Thread errors;

    /**
     * Starts a project and waits until it answers. What runs it is brought once, by the versions
     * that are written down in this library; that needs {@code node} and {@code npm}.
     *
     * @param project folder that {@link WorkerProject} wrote
     * @param tools folder in which what runs it is kept for the next time
     * @param port of the loopback interface; 0 for a free one
     * @param secrets texts by name, of which those are taken that the project requires
     * @param log takes a line of what the worker says, as it says it; called from other threads
     * @return the running worker
     * @throws BuildException when it does not start, with what was said
     * @throws InterruptedException when this thread was interrupted before it was there
     */
    public static LocalWorker start(
            Path project, Path tools, int port, Map<String, String> secrets, Consumer<String> log)
            throws BuildException, InterruptedException {
        return start(project, tools, port, secrets, Optional.empty(), log);
    }

    /**
     * The same, with what the worker stores kept for the next time. Not for projects whose
     * databases have a schema: its steps are applied at every start.
     *
     * @param project folder that {@link WorkerProject} wrote
     * @param tools folder in which what runs it is kept for the next time
     * @param port of the loopback interface; 0 for a free one
     * @param secrets texts by name, of which those are taken that the project requires
     * @param kept folder of what the worker stores; empty to forget it at the end
     * @param log takes a line of what the worker says, as it says it; called from other threads
     * @return the running worker
     * @throws BuildException when it does not start, with what was said
     * @throws InterruptedException when this thread was interrupted before it was there
     */
    public static LocalWorker start(
            Path project,
            Path tools,
            int port,
            Map<String, String> secrets,
            Optional<Path> kept,
            Consumer<String> log)
            throws BuildException, InterruptedException {
        return start(project, tools, port, new LocalWorld(secrets, Map.of(), kept), log);
    }

    /**
     * The same, with other workers.
     *
     * @param project folder that {@link WorkerProject} wrote
     * @param tools folder in which what runs it is kept for the next time
     * @param port of the loopback interface; 0 for a free one
     * @param world what there is around the worker
     * @param log takes a line of what the worker says, as it says it; called from other threads
     * @return the running worker
     * @throws BuildException when it does not start, with what was said
     * @throws InterruptedException when this thread was interrupted before it was there
     */
    public static LocalWorker start(
            Path project, Path tools, int port, LocalWorld world, Consumer<String> log)
            throws BuildException, InterruptedException {
        try {
            LocalTools.bring(tools);
            Path folder = project.toAbsolutePath();
            Path said = folder.resolve("workerd.log");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "node",
                                    "serve.mjs",
                                    folder.toString(),
                                    Integer.toString(port)));
            world.kept().ifPresent(it -> command.add(it.toAbsolutePath().toString()));
            ProcessBuilder builder = new ProcessBuilder(command).directory(tools.toFile());
            Path scratch = Files.createDirectories(folder.resolve("scratch"));
            builder.environment().put("TMPDIR", scratch.toString());
            Process process = builder.start();
            String line = WranglerConfig.compact(world.json()) + "\n";
            process.getOutputStream().write(line.getBytes(UTF_8));
            process.getOutputStream().flush();
            return new LocalWorker(process, said, log);
        } catch (IOException failed) {
            throw new BuildException("cannot run the worker in " + project, failed);
        }
    }

    /**
     * Brings what runs workers, where it is not there yet, by the versions that are written down in
     * this library; that needs {@code npm}.
     *
     * @param tools folder in which it is kept
     * @throws BuildException when it cannot be brought, with what was said
     * @throws InterruptedException when this thread was interrupted before it was there
     */
    public static void bring(Path tools) throws BuildException, InterruptedException {
        try {
            LocalTools.bring(tools);
        } catch (IOException failed) {
            throw new BuildException("cannot bring what runs workers to " + tools, failed);
        }
    }

    private LocalWorker(Process process, Path said, Consumer<String> log)
            throws IOException, BuildException, InterruptedException {
        this.process = process;
        // Workers write their log where errors go.
        this.errors = Thread.ofVirtual().start(() -> keep(process, said, log));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder before = new StringBuilder();
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            before.append(line).append('\n');
            line = out.readLine();
        }
        if (line == null) {
            process.waitFor();
            errors.join();
            throw new BuildException("workerd did not start:\n" + before + Files.readString(said));
        }
        this.address = URI.create(line.substring(READY.length()));
        Thread.ofVirtual().start(() -> out.lines().forEach(log));
    }

    /** Writes what goes to the standard error down, and tells it. */
    private static void keep(Process process, Path said, Consumer<String> log) {
        try (BufferedReader lines = process.errorReader(UTF_8);
                BufferedWriter file = Files.newBufferedWriter(said)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                log.accept(line);
            }
        } catch (IOException lost) {
            log.accept("the log of workerd ends here: " + lost);
        }
    }

    /** {@return where it answers} */
    public URI address() {
        return address;
    }

    /**
     * Waits until the worker has stopped by itself.
     *
     * @throws InterruptedException when this thread was interrupted
     */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /**
     * Stops it.
     *
     * @throws IOException when it does not stop within 30 s; then it was killed
     */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        boolean stopped = false;
        try {
            stopped = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            errors.join(Duration.ofSeconds(STOP_SECONDS)); // its last words
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!stopped) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("workerd did not stop");
        }
    }
}
