package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards what a run allocates, against a baseline that is checked in. Counts bytes, never time, in
 * a process of its own: what other tests taught the JIT must not matter.
 */
class AllocationTest {

    /**
     * What a child is told that counts without a JIT, and what such lines of the baseline end in.
     */
    static final String EXACT = ".exact";

    private static final String JIT = ".jit";

    private static final double SLACK = 1.25;

    /**
     * A JIT that compiles before it has seen enough makes code that allocates more, and leaves it
     * at that. That is the process's bad luck and not the library's: another one may try.
     */
    private static final int PROCESSES = 3;

    /** With the JIT, which is what makes most objects unnecessary: not more than it was. */
    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "CHAINED", "STEPWISE", "MACHINE"})
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

    /** Without a JIT each object that the code asks for is made, so the count is exact. */
    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "CHAINED", "STEPWISE", "MACHINE"})
    void aRunAsksForNoMoreObjectsThanItDid(Execution execution) throws Exception {
        List<String> tooMuch = new ArrayList<>();
        Map<String, Long> counted = exactly(execution);
        assertFalse(counted.isEmpty());
        counted.forEach((key, bytes) -> {
            if (bytes > baseline(key)) {
                tooMuch.add(key + ": " + bytes + " bytes per run, " + baseline(key) + " before");
            }
        });
        assertEquals(List.of(), tooMuch);
    }

    /** The guard's own test. */
    @Test
    void oneObjectMoreShows() throws Exception {
        Map<String, Long> without = exactly(Execution.STEPWISE);
        Map<String, Long> with = exactly(Execution.STEPWISE, "-Dallocation.planted=true");
        without.replaceAll((key, bytes) -> bytes + 16); // an object without fields
        assertEquals(without, with);
    }

    private static Map<String, Long> exactly(Execution execution, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Xint");
        return child(execution, EXACT, all);
    }

    private static List<String> tooMuch(Execution execution) throws Exception {
        List<String> tooMuch = new ArrayList<>();
        Map<String, Long> counted = child(execution, JIT, List.of());
        assertFalse(counted.isEmpty());
        counted.forEach((key, bytes) -> {
            if (bytes > allowed(key)) {
                tooMuch.add(key + ": " + bytes + " bytes per run, allowed are " + allowed(key));
            }
        });
        return tooMuch;
    }

    private static Map<String, Long> child(Execution execution, String mode, List<String> options)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(AllocationChild.class.getName(), execution.name(), mode));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<String, Long> counted = new LinkedHashMap<>();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines()
                    .map(line -> line.split(" ", 2))
                    .forEach(line -> counted.put(line[0], Long.valueOf(line[1])));
        }
        assertEquals(0, process.waitFor());
        return counted;
    }

    /** The bytes that a run may allocate with the JIT. */
    static long allowed(String key) {
        return (long) (baseline(key) * SLACK);
    }

    private static long baseline(String key) {
        Properties lines = new Properties();
        try (InputStream in =
                AllocationTest.class.getResourceAsStream("/allocation-baseline.properties")) {
            lines.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Long.parseLong(lines.getProperty(key, "-1"));
    }
}
