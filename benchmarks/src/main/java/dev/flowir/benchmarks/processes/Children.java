package dev.flowir.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs measurements one after the other, each in a process and a folder of its own: what one leaves
 * in memory or on the disk does not touch the next.
 */
public final class Children {

    private static final int NOT_HERE = 3;

    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Class<?> program;
    private final Path into;

    /**
     * Nothing is run yet.
     *
     * @param program whose {@code main} measures when it is told what
     * @param into where logs and data go
     */
    public Children(Class<?> program, Path into) {
        this.program = program;
        this.into = into;
    }

    /** {@return where a measurement keeps its data; deleted before and after} */
    public Path folder() {
        return into.resolve("data");
    }

    /**
     * Runs the program again.
     *
     * @param heap the most heap it may have, as {@code -Xmx} takes it
     * @param what its arguments
     * @return its line that starts with {@code steps} or {@code figure}
     * @throws IOException when it cannot be run
     * @throws InterruptedException when interrupted
     */
    public Answer again(String heap, List<String> what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(what);
        return run(command);
    }

    /**
     * Runs a peer, which is a program of its own.
     *
     * @param words what {@code scripts/bench-peers} is told
     * @return its line that starts with {@code steps}, or why it is not here
     * @throws IOException when it cannot be run
     * @throws InterruptedException when interrupted
     */
    public Answer peer(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of("scripts", "bench-peers").toString());
        command.addAll(words);
        return run(command);
    }

    private Answer run(List<String> command) throws IOException, InterruptedException {
        delete(folder());
        Path log = into.resolve("process.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int code = process.waitFor();
        delete(folder());
        // A peer's logger colours its lines, and may leave its last colour before an answer.
        List<String> lines =
                Files.readAllLines(log).stream()
                        .map(line -> COLOURS.matcher(line).replaceAll(""))
                        .toList();
        if (code == NOT_HERE) {
            return new Answer(lines.isEmpty() ? "nothing was said" : lines.getLast());
        }
        Optional<String> answer =
                lines.stream()
                        .filter(line -> line.startsWith("steps ") || line.startsWith("figure "))
                        .findFirst();
        if (code != 0 || answer.isEmpty()) {
            throw new IllegalStateException(
                    command + " ended with " + code + ": " + String.join("\n", lines));
        }
        return new Answer(answer.get());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
