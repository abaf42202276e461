package dev.flowir.examples.imagepipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The image pipeline as a process of its own. */
record Child(Process process, URI url) implements AutoCloseable {

    static Child start(Path folder, URI models, Map<String, String> more) throws IOException {
        ProcessBuilder java =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImagePipeline.class.getName());
        java.environment()
                .putAll(
                        Map.of(
                                "PORT",
                                "0",
                                "DATA_DIR",
                                folder.toString(),
                                "BATCH_TIMEOUT_MS",
                                "20",
                                "CLASSIFIER_URL",
                                models.toString()));
        java.environment().putAll(more);
        Process process = java.redirectErrorStream(true).start();
        BufferedReader says = process.inputReader();
        StringBuilder said = new StringBuilder();
        String line = says.readLine();
        while (line != null && !line.startsWith("listening on ")) {
            said.append(line).append('\n');
            line = says.readLine();
        }
        if (line == null) {
            throw new AssertionError("it did not start:\n" + said);
        }
        Thread.ofVirtual().start(() -> says.lines().forEach(rest -> {}));
        return new Child(process, URI.create(line.substring("listening on ".length())));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
