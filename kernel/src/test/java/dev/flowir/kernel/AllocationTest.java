package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards what a run allocates, against a baseline that is checked in. Counts bytes, never time, in
 * a process of its own: what other tests taught the JIT must not matter.
 */
class AllocationTest {

    private static final double SLACK = 1.25;

    /**
     * A JIT that compiles before it has seen enough makes code that allocates more, and leaves it
     * at that. That is the process's bad luck and not the library's: another one may try.
     */
    private static final int PROCESSES = 3;

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "STEPWISE", "MACHINE"})
    void aRunAllocatesNoMoreThanItDid(Execution execution) throws Exception {
        List<String> tooMuch = List.of();
        for (int i = 0; i < PROCESSES; i++) {
            tooMuch = tooMuch(execution);
            if (tooMuch.isEmpty()) {
                return;
            }
        }
        assertEquals(List.of(), tooMuch);
    }

    private static List<String> tooMuch(Execution execution) throws Exception {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AllocationChild.class.getName(),
                                execution.name())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> lines;
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        assertEquals(0, process.waitFor());
        assertEquals(5, lines.size(), lines.toString());
        List<String> tooMuch = new ArrayList<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            long allowed = allowed(line.substring(0, space));
            if (Long.parseLong(line.substring(space + 1)) > allowed) {
                tooMuch.add(line + " bytes per run, allowed are " + allowed);
            }
        }
        return tooMuch;
    }

    /** The bytes that a run may allocate. */
    static long allowed(String key) throws IOException {
        Properties lines = new Properties();
        try (InputStream in =
                AllocationTest.class.getResourceAsStream("/allocation-baseline.properties")) {
            lines.load(in);
        }
        return (long) (Long.parseLong(lines.getProperty(key)) * SLACK);
    }
}
