package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that should hold a flow, or standard input.
 *
 * @param name as the user gave it; {@code -} for standard input
 * @param text what it holds, to show lines of; empty when it could not be read
 * @param reading what reading it came to
 */
record FlowFile(String name, String text, FlowReading reading) {

    static final Code UNREADABLE =
            new Code(
                    "IO001",
                    "parse",
                    Severity.ERROR,
                    "a file cannot be read",
                    "The file does not exist, is no file, or its permissions keep it from being read.",
                    "check the name and the permissions");

    /** Bytes after which reading stops: more than a flow may have. */
    private static final int MAX_BYTES = 17 * 1024 * 1024;

    static FlowFile read(String name, Console console) {
        byte[] bytes;
        try {
            bytes = bytes(name, console);
        } catch (IOException | InvalidPathException failure) {
            Diagnostic error =
                    new Diagnostic(
                            UNREADABLE,
                            "cannot read " + name + ": " + why(failure),
                            Location.of(""),
                            UNREADABLE.suggestion());
            return new FlowFile(name, "", new FlowReading.Refused(error));
        }
        return new FlowFile(
                name, new String(bytes, StandardCharsets.UTF_8), FlowJson.read(bytes, name));
    }

    /** The bytes of a file, or of standard input for {@code -}. */
    static byte[] bytes(String name, Console console) throws IOException {
        if (name.equals("-")) {
            return console.in().readNBytes(MAX_BYTES);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MAX_BYTES);
        }
    }

    /** What a failure to read means, in words. */
    static String why(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "access is denied";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
