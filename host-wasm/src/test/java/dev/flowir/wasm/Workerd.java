package dev.flowir.wasm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Runs a worker in workerd, on a free port of the loopback, until it is closed. */
final class Workerd implements AutoCloseable {

    private static final Path TOOLS = Path.of("src", "test", "workerd").toAbsolutePath();
    private static final String READY = "ready ";

    private final Process process;
    private final URI address;

    private Workerd(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the worker of a project, with all that its configuration says. */
    static Workerd start(Path project) throws IOException, InterruptedException {
        install();
        Path scratch = Files.createDirectories(project.resolve("scratch").toAbsolutePath());
        ProcessBuilder builder =
                new ProcessBuilder("node", "serve.mjs", project.toAbsolutePath().toString())
                        .directory(TOOLS.toFile())
                        .redirectError(project.resolve("workerd.log").toFile());
        builder.environment().put("TMPDIR", scratch.toString());
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> drain(out));
                return new Workerd(process, URI.create(line.substring(READY.length())));
            }
            said.append(line).append('\n');
        }
        process.waitFor();
        throw new AssertionError(
                "workerd did not start: "
                        + said
                        + Files.readString(project.resolve("workerd.log")));
    }

    private static void drain(BufferedReader out) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println("workerd: " + line);
            }
        } catch (IOException closed) {
            System.out.println("workerd: " + closed);
        }
    }

    /** Brings what the lock file names, once for each lock file. */
    private static void install() throws IOException, InterruptedException {
        Path modules = Files.createDirectories(TOOLS.resolve("node_modules"));
        byte[] wanted = Files.readAllBytes(TOOLS.resolve("package-lock.json"));
        Path installed = modules.resolve(".installed-lock.json");
        try (FileChannel channel =
                        FileChannel.open(
                                Path.of("target", "npm.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()
                    && Files.exists(installed)
                    && java.util.Arrays.equals(wanted, Files.readAllBytes(installed))) {
                return;
            }
            Process npm =
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(TOOLS.toFile())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (npm.waitFor() != 0) {
                throw new AssertionError("npm ci failed:\n" + said);
            }
            Files.write(installed, wanted);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        boolean stopped = false;
        try {
            stopped = process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!stopped) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("workerd did not stop");
        }
    }
}
