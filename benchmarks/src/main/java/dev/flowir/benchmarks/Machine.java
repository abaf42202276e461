package dev.flowir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the benchmarks run on, in words. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /**
     * {@return processor, memory, system and load}
     *
     * @throws IOException when the system does not say
     */
    public static String inWords() throws IOException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB, %s %s %s, load average %.1f at the end",
                processor().orElse("processor unknown"),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / (double) (1 << 30),
                system.getName(),
                system.getVersion(),
                system.getArch(),
                system.getSystemLoadAverage());
    }

    /** Linux says it; elsewhere the report does without. */
    private static Optional<String> processor() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        }
    }
}
