package dev.flowir.testing;

import java.io.IOException;

/** Signals to servers that tests have started. */
final class Processes {

    private Processes() {}

    /** Sends a signal by its name, such as STOP. */
    static void signal(Process process, String name) throws IOException {
        Process sent =
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .inheritIO()
                        .start();
        try {
            if (sent.waitFor() != 0) {
                throw new IOException("SIG" + name + " could not be sent to " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a signal was sent", e);
        }
    }

    /** Kills it, as {@code kill -9} does, and waits for its end. */
    static void kill(Process process) {
        process.destroyForcibly();
        await(process);
    }

    /** Waits for its end, whatever interrupts. */
    static void await(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
