package dev.flowir.examples.taskrunner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The task runner as a process of its own. */
record Child(Process process, URI url) implements AutoCloseable {

    static Child start(Class<?> program, Path data, Map<String, String> binding)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + data,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName());
        builder.environment()
                .putAll(
                        Map.of(
                                "PORT", "0",
                                "DATA_DIR", data.toString(),
                                "BATCH_TIMEOUT_MS", "20",
                                "RATE_LIMIT", "1000000"));
        if (!"workflow".equals(binding.get("ENGINE"))) {
            builder.environment().put("RETRY_DELAY_MS", "50");
        }
        builder.environment().putAll(binding);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        StringBuilder said = new StringBuilder();
        var lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            int at = line.indexOf("http://localhost:");
            if (at >= 0) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return new Child(process, URI.create(line.substring(at).strip()));
            }
        }
        throw new AssertionError("the task runner did not start:\n" + said);
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}
