package dev.flowir.examples.imagepipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The classifier that comes with this example: a MobileNet from a package, in a process of Node
 * that answers as Workers AI does. It ends when its input does, and so with this process.
 */
final class Model implements AutoCloseable {

    private static final String SAYS_WHERE = "listening on ";
    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final URI url;

    private Model(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it, once the packages of its lock file are there.
     *
     * @param folder with {@code server.mjs}
     * @throws IOException when it does not start; the message says what it said
     */
    static Model start(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            throw new IOException(
                    "the packages of the model are not there: run 'npm ci --ignore-scripts' in "
                            + folder
                            + ", or set CLASSIFIER_URL");
        }
        Process process =
                new ProcessBuilder("node", "server.mjs")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader says = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(SAYS_WHERE)) {
                Thread.ofVirtual().start(() -> says.lines().forEach(rest -> {}));
                return new Model(process, URI.create(line.substring(SAYS_WHERE.length())));
            }
            said.append(line).append('\n');
        }
        throw new IOException("the model did not start:\n" + said);
    }

    /** Where models are, without {@code /ai/run/…}. */
    URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
