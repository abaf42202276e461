package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A process that tells what it does in lines, and is killed after some of them. */
final class KilledProgram {

    private KilledProgram() {}

    /**
     * Starts a program, kills it after so many lines, and waits until it is gone.
     *
     * @param program has a main method that does not end by itself
     * @param folder for the native library that a killed process leaves
     * @param told gets every line, also those that were on their way; the last one may be cut
     */
    static void run(
            Class<?> program, Path folder, int lines, Consumer<String> told, String... arguments)
            throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                told.accept(line);
                if (++seen == lines) {
                    process.toHandle().destroyForcibly(); // leaves its output to be read
                }
            }
            assertTrue(seen >= lines, "the program said " + seen + " lines, then ended by itself");
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    /** Says a line in such a program; ends it when nobody listens any more. */
    static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            if (System.out.checkError()) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
