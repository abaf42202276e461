package dev.flowir.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command said.
 *
 * @param exitCode to the shell
 * @param out on standard output
 * @param err on standard error
 */
record Shell(int exitCode, String out, String err) {

    /** Runs {@code flow} with {@code arguments} and nothing on standard input. */
    static Shell flow(String... arguments) {
        return flowWithInput("", arguments);
    }

    /** The same at a terminal. */
    static Shell seen(String... arguments) {
        return flow("", true, arguments);
    }

    static Shell flowWithInput(String input, String... arguments) {
        return flow(input, false, arguments);
    }

    private static Shell flow(String input, boolean seen, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        Console.utf8(out),
                        Console.utf8(err),
                        seen);
        int exitCode = Main.run(console, arguments);
        return new Shell(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
