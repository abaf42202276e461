package dev.flowir.cli;

import java.io.PrintStream;

/**
 * How far long work has come: a bar on the terminal, drawn anew in its line and wiped at the end.
 * Where nobody looks, as in a pipe or a log, there is none.
 */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;

    private final PrintStream err;
    private final boolean isSeen;
    private final long total;
    private String drawn = "";

    Progress(Console console, long total) {
        this.err = console.err();
        this.isSeen = console.isSeen();
        this.total = total;
    }

    /** Says that {@code done} of the whole are done. */
    void at(long done) {
        if (!isSeen || total < 1) {
            return;
        }
        int filled = (int) (WIDTH * Math.min(done, total) / total);
        String bar =
                "["
                        + "#".repeat(filled)
                        + ".".repeat(WIDTH - filled)
                        + "] "
                        + done
                        + " of "
                        + total;
        if (!bar.equals(drawn)) {
            err.print("\r" + bar);
            err.flush();
            drawn = bar;
        }
    }

    /** Wipes it, so that a line can be printed. */
    void wipe() {
        if (!drawn.isEmpty()) {
            err.print("\r" + " ".repeat(drawn.length()) + "\r");
            err.flush();
            drawn = "";
        }
    }

    @Override
    public void close() {
        wipe();
    }
}
