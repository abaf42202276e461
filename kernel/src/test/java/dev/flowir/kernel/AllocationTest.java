package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "STEPWISE", "MACHINE"})
    void aRunAllocatesNoMoreThanItDid(Execution execution) throws Exception {
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
        assertEquals(2, lines.size(), lines.toString());
        for (String line : lines) {
            int space = line.indexOf(' ');
            long allowed = allowed(line.substring(0, space));
            long measured = Long.parseLong(line.substring(space + 1));
            assertTrue(measured <= allowed, line + " bytes per run, allowed are " + allowed);
        }
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
