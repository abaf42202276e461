package dev.flowir.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. Output is UTF-8 whatever the locale says: flows are.
 *
 * @param in standard input
 * @param out results
 * @param err what is said about results
 * @param isSeen whether somebody sees {@code err} while it is written
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean isSeen) {

    /** The console of this process. */
    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                utf8(new FileOutputStream(FileDescriptor.out)),
                utf8(new FileOutputStream(FileDescriptor.err)),
                Boolean.getBoolean("flow.terminal"));
    }

    /** A stream of UTF-8 text into {@code bytes}. */
    static PrintStream utf8(OutputStream bytes) {
        return new PrintStream(new BufferedOutputStream(bytes), true, StandardCharsets.UTF_8);
    }
}
