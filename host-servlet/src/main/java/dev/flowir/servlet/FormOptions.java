package dev.flowir.servlet;

import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.form.FormLimits;
import java.util.concurrent.Semaphore;

/**
 * A route's form.
 *
 * @param files where its files go
 * @param limits its bounds
 * @param slots one for each form that may come at the same time
 */
record FormOptions(FileSink files, FormLimits limits, Semaphore slots) {

    FormOptions(FileSink files, FormLimits limits) {
        this(files, limits, new Semaphore(limits.atOnce()));
    }
}
