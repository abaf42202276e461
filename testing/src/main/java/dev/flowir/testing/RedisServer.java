package dev.flowir.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A real {@code redis-server} for tests: a process of its own on a free port of the loopback
 * interface, with its append-only file in a folder of the test. It can be stopped, killed, frozen
 * and started again on the same port and data.
 *
 * <p>The program must be installed: {@code apt-get install redis-server} on Debian, 7.0 or newer.
 */
public final class RedisServer extends ForkedServer {

    /** When the server writes to the disk what it acknowledges. */
    public enum Fsync {
        /** Before it answers. What was acknowledged survives a loss of power. */
        ALWAYS("always"),
        /**
         * Once a second. What was acknowledged survives the death of the process, since the file
         * was written to; a loss of power costs up to two seconds.
         */
        EVERY_SECOND("everysec");

        private final String setting;

        Fsync(String setting) {
            this.setting = setting;
        }
    }

    private static final int LINES_KEPT = 50;
    private static final String READY = "Ready to accept connections";

    private RedisServer(Path folder, List<String> settings) throws IOException {
        super(port -> launch(folder, settings, port));
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder where it keeps its files
     * @param fsync when it writes them
     * @param more settings as in its command line, for example {@code "--requirepass", "x"}
     * @return the server
     * @throws IOException when it is not installed, or ends before it answers
     */
    public static RedisServer start(Path folder, Fsync fsync, String... more) throws IOException {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--bind",
                                "127.0.0.1",
                                "--appendonly",
                                "yes",
                                "--appendfsync",
                                fsync.setting,
                                "--save",
                                "",
                                "--daemonize",
                                "no"));
        settings.addAll(List.of(more));
        return new RedisServer(folder, settings);
    }

    private static Process launch(Path folder, List<String> settings, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        boolean encrypted = settings.contains("--tls-cert-file");
        command.addAll(List.of(encrypted ? "--tls-port" : "--port", Integer.toString(port)));
        if (encrypted) {
            command.addAll(List.of("--port", "0"));
        }
        command.addAll(List.of("--dir", folder.toString()));
        command.addAll(settings);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException(
                    "redis-server does not start; these tests need it: apt-get install"
                            + " redis-server (7.0 or newer), or ./test, which brings it",
                    e);
        }
        awaitReady(process);
        return process;
    }

    /** Reads what it says until it is ready; goes on reading, so that it never waits for us. */
    private static void awaitReady(Process process) throws IOException {
        Deque<String> said = new ArrayDeque<>();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(READY)) {
                Thread.ofPlatform().daemon().name("redis-output").start(() -> drain(output));
                return;
            }
            said.addLast(line);
            if (said.size() > LINES_KEPT) {
                said.removeFirst();
            }
        }
        throw new IOException("redis-server ended at once: " + String.join("\n", said));
    }

    private static void drain(BufferedReader output) {
        try (output) {
            output.lines().forEach(line -> {});
        } catch (UncheckedIOException | IOException ended) {
            // The end of the process is the end of what it says.
            return;
        }
    }

    /** {@return its host, the loopback interface} */
    public String host() {
        return "127.0.0.1";
    }
}
