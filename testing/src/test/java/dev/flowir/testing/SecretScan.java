package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that is said and kept while this is open, to look for secrets in. */
final class SecretScan implements AutoCloseable {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final Logger ours = Logger.getLogger("dev.flowir");
    private final Handler logs =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    seen.add("log: " + new SimpleFormatter().format(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    SecretScan() {
        ours.setLevel(Level.ALL);
        logs.setLevel(Level.ALL);
        ours.addHandler(logs);
    }

    void see(String what, Object text) {
        seen.add(what + ": " + text);
    }

    /** The history as it is, and what its payloads are in Base64. */
    void seeHistory(String history) {
        see("history", history);
        Matcher payload = Pattern.compile("\"bytes\":\"([^\"]+)\"").matcher(history);
        while (payload.find()) {
            byte[] bytes = Base64.getDecoder().decode(payload.group(1));
            see("payload", new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    void seeFailure(Failure failure) {
        see("failure", failure + " " + failure.message());
        if (failure instanceof Failure.NodeFailed failed) {
            StringWriter trace = new StringWriter();
            failed.cause().printStackTrace(new PrintWriter(trace));
            see("trace", trace);
        }
    }

    /** Every byte of the files below: a secret in ASCII is found wherever it stands. */
    void seeFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                boolean isBeside = !file.getParent().equals(folder);
                see("file " + (isBeside ? "beside " : "") + file.getFileName(), bytes);
            }
        }
    }

    /** The scan would find something: what is not secret is in all of these places. */
    void assertSees(String control, String... places) {
        for (String place : places) {
            assertTrue(
                    seen.stream()
                            .anyMatch(text -> text.startsWith(place) && text.contains(control)),
                    () -> "the scan does not even find what is not secret in " + place);
        }
    }

    void assertHides(String... secrets) {
        assertTrue(seen.stream().anyMatch(text -> text.startsWith("log: ")), "no line was logged");
        for (String secret : secrets) {
            for (String text : seen) {
                assertFalse(text.contains(secret), () -> "a secret is in " + text);
            }
        }
    }

    @Override
    public void close() {
        ours.removeHandler(logs);
        ours.setLevel(null);
    }
}
