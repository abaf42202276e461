package dev.flowir.benchmarks.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One worker in a process of workerd, with nothing between it and its socket. */
final class Isolate implements AutoCloseable {

    private static final String MAIN = "worker.mjs";
    private static final Pattern PORT = Pattern.compile("\"port\":\\s*(\\d+)");

    private final Process process;
    private final int port;

    private Isolate(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program that npm has brought into {@code tools}, for this machine. */
    static Path program(Path tools) throws IOException {
        Path packages = tools.resolve("node_modules").resolve("@cloudflare");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(packages, "workerd-*")) {
            for (Path folder : found) {
                Path program = folder.resolve("bin").resolve("workerd");
                if (Files.isExecutable(program)) {
                    return program.toAbsolutePath();
                }
            }
        }
        throw new IOException("no program of workerd below " + packages);
    }

    /** Writes the configuration of the worker whose modules are in {@code src} of the folder. */
    static void configure(Path folder) throws IOException {
        List<String> modules = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("src"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                String kind = name.endsWith(".wasm") ? "wasm" : "esModule";
                String module = "(name=\"%s\",%s=embed \"src/%s\")".formatted(name, kind, name);
                // The first one is the one that is started.
                modules.add(name.equals(MAIN) ? 0 : modules.size(), module);
            }
        }
        Files.writeString(
                folder.resolve("isolate.capnp"),
                """
                using Workerd = import "/workerd/workerd.capnp";
                const config :Workerd.Config = (
                  services = [(name="main",worker=(
                    modules=[%s],
                    compatibilityDate="2026-04-26",
                    compatibilityFlags=["enable_request_signal"]))],
                  sockets = [(name="http",address="127.0.0.1:0",http=(),service="main")]);
                """
                        .formatted(String.join(",", modules)));
    }

    /** Starts, and is there when the worker listens. */
    static Isolate start(Path program, Path folder) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(program.toString(), "serve", "isolate.capnp", "--control-fd=1")
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("said.log").toFile())
                        .start();
        BufferedReader events =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return new Isolate(process, Integer.parseInt(port.group(1)));
            }
        }
        process.waitFor();
        throw new IOException(
                "the worker did not start:\n" + Files.readString(folder.resolve("said.log")));
    }

    /** Processor time of the process until now, to ten milliseconds. */
    long processorNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    Conversation talk() throws IOException {
        return new Conversation(port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
