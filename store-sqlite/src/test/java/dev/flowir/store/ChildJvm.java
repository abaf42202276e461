package dev.flowir.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A second JVM with the tests' class path. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(command(main, arguments));
    }

    /** Runs {@code setup} as a shell command in a mount name space of its own, then the class. */
    static ChildJvm startUnshared(String setup, Class<?> main, String... arguments)
            throws IOException {
        String java = String.join(" ", command(main, arguments));
        return new ChildJvm(List.of("unshare", "-rm", "sh", "-c", setup + " && exec " + java));
    }

    static boolean canUnshare() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program here
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** The next line it prints; empty when it ended. */
    Optional<String> line() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    /** The next line with one of {@code words}; what else it says, such as warnings, is passed. */
    String lineWith(String... words) throws IOException {
        List<String> passed = new ArrayList<>();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            if (Stream.of(words).anyMatch(line.get()::contains)) {
                return line.get();
            }
            passed.add(line.get());
        }
        throw new AssertionError("it ended without " + List.of(words) + ": " + passed);
    }

    /** Ends it as {@code kill -9} does, and answers the lines it had printed. */
    List<String> kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process's own method it keeps the output
        process.waitFor();
        return rest();
    }

    /** All further lines, up to its end. */
    List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
