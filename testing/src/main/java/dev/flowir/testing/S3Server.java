package dev.flowir.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A real server that speaks S3, for tests: S3Proxy as a process of its own on a free port of the
 * loopback interface, with its objects in a folder of the test. It can be killed, frozen and
 * started again on the same port and data. Its class path is what the module {@code s3proxy} wrote
 * down.
 */
public final class S3Server extends ForkedServer {

    /** The id of the access key that it knows. */
    public static final String KEY_ID = "test-key";

    /** The secret of it. */
    public static final String KEY_SECRET = "test-secret-that-nobody-writes-down";

    /** The password of a file with keys. */
    public static final String KEYS_PASSWORD = "changeit";

    private static final int LINES_KEPT = 50;
    private static final int LOOKS = 600;
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final String CLASS_PATH = "s3proxy/target/classpath.txt";

    private final Path folder;
    private final Optional<Path> keys;

    private S3Server(Path folder, int mostFileBlocks, Optional<Path> keys) throws IOException {
        super(port -> launch(folder, port, mostFileBlocks, keys));
        this.folder = folder;
        this.keys = keys;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder where it keeps its files
     * @param buckets names of those that it has from the beginning
     * @return the server
     * @throws IOException when it is not there, or ends before it answers
     */
    public static S3Server start(Path folder, String... buckets) throws IOException {
        return start(folder, 0, buckets);
    }

    /**
     * The same, where no file may grow beyond a size: for the server that is a disk that is full.
     *
     * @param folder where it keeps its files
     * @param mostFileBlocks size of the largest file in blocks of 512 bytes; 0 for any
     * @param buckets names of those that it has from the beginning
     * @return the server
     * @throws IOException when it is not there, or ends before it answers
     */
    public static S3Server start(Path folder, int mostFileBlocks, String... buckets)
            throws IOException {
        makeBuckets(folder, buckets);
        return new S3Server(folder, mostFileBlocks, Optional.empty());
    }

    /**
     * The same, which speaks TLS alone.
     *
     * @param folder where it keeps its files
     * @param keys its key with its certificate, in a PKCS #12 file with the password {@link
     *     #KEYS_PASSWORD}
     * @param buckets names of those that it has from the beginning
     * @return the server
     * @throws IOException when it is not there, or ends before it answers
     */
    public static S3Server startSecure(Path folder, Path keys, String... buckets)
            throws IOException {
        makeBuckets(folder, buckets);
        return new S3Server(folder, 0, Optional.of(keys));
    }

    private static void makeBuckets(Path folder, String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve("objects").resolve(name));
        }
    }

    private static String classPath() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve(CLASS_PATH);
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
        }
        throw new IOException(
                CLASS_PATH
                        + " is not there; these tests need it: mvn -pl s3proxy"
                        + " generate-test-resources writes it, or ./test, which runs all");
    }

    private static Process launch(Path folder, int port, int mostFileBlocks, Optional<Path> keys)
            throws IOException {
        Properties settings = new Properties();
        settings.setProperty(
                keys.isPresent() ? "s3proxy.secure-endpoint" : "s3proxy.endpoint",
                address(port, keys));
        keys.ifPresent(file -> {
            settings.setProperty("s3proxy.keystore-path", file.toString());
            settings.setProperty("s3proxy.keystore-password", KEYS_PASSWORD);
        });
        settings.setProperty("s3proxy.authorization", "aws-v4");
        settings.setProperty("s3proxy.identity", KEY_ID);
        settings.setProperty("s3proxy.credential", KEY_SECRET);
        settings.setProperty("jclouds.provider", "filesystem");
        settings.setProperty("jclouds.identity", KEY_ID);
        settings.setProperty("jclouds.credential", KEY_SECRET);
        settings.setProperty("jclouds.filesystem.basedir", folder.resolve("objects").toString());
        Files.createDirectories(folder.resolve("objects"));
        Path file = folder.resolve("s3proxy.conf");
        try (var out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
            settings.store(out, null);
        }
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + quiet(folder),
                        "-cp",
                        classPath(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        file.toString());
        List<String> command = new ArrayList<>();
        if (mostFileBlocks > 0) {
            command.addAll(
                    List.of("sh", "-c", "ulimit -f " + mostFileBlocks + "; exec \"$@\"", "sh"));
        }
        command.addAll(java);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Thread.ofPlatform().daemon().name("s3-output").start(() -> drain(process, said));
        awaitReady(process, port, said);
        return process;
    }

    /** Untold it logs each step of each call, which takes four fifths of its time. */
    private static Path quiet(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("s3proxy-logback.xml"),
                """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%level %logger %msg%n</pattern></encoder>
                  </appender>
                  <root level="WARN"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private static void drain(Process process, List<String> said) {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines()
                    .forEach(line -> {
                        if (said.size() < LINES_KEPT) {
                            said.add(line);
                        }
                    });
        } catch (UncheckedIOException | IOException ended) {
            // The end of the process is the end of what it says.
            return;
        }
    }

    /** It says nothing of use when it is ready, so that its port is asked. */
    private static void awaitReady(Process process, int port, List<String> said)
            throws IOException {
        IOException last = new IOException("it was not asked");
        for (int i = 0; i < LOOKS; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                last = e;
            }
            try {
                if (process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("S3Proxy ended at once: " + said);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while S3Proxy started", e);
            }
        }
        process.destroyForcibly();
        throw new IOException("S3Proxy does not answer: " + said, last);
    }

    /**
     * Makes a bucket.
     *
     * @param name its name
     * @throws IOException when the folder cannot be made
     */
    public void createBucket(String name) throws IOException {
        makeBuckets(folder, name);
    }

    private static String address(int port, Optional<Path> keys) {
        return (keys.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** {@return its address, the same after a restart} */
    public URI endpoint() {
        return URI.create(address(port(), keys));
    }
}
