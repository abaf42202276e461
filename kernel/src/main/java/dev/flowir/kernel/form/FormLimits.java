package dev.flowir.kernel.form;

import java.time.Duration;

/**
 * Bounds of the forms of one route. What is above them is refused with 413 and {@code FORM104}, but
 * where something else is said, and nothing of the form is kept.
 *
 * @param maxParts fields and files of one form
 * @param maxHeaderBytes header fields of one part
 * @param maxTextBytes values of all text fields together, which are held in memory
 * @param maxFileBytes one file
 * @param maxBytes the whole body
 * @param within time for the whole body; above: 408. behind a servlet a client that is silent for
 *     its host's limit is answered with 408 as well
 * @param atOnce forms that come at the same time; above: 503 with {@code Retry-After}
 */
public record FormLimits(
        int maxParts,
        int maxHeaderBytes,
        int maxTextBytes,
        long maxFileBytes,
        long maxBytes,
        Duration within,
        int atOnce) {

    /**
     * 50 parts, as Tomcat; 8 KiB of headers, as Jetty; 1 MiB of text, as bodies that are no form;
     * 100 MB for a file and for the whole, what Cloudflare lets through to a free zone; 5 minutes,
     * in which 100 MB come at 2.7 Mbit/s; 32 at once, which with parts of 8 MiB in memory is a
     * quarter of a GiB.
     */
    public static final FormLimits DEFAULT =
            new FormLimits(
                    50, 8 * 1024, 1024 * 1024, 100_000_000, 100_000_000, Duration.ofMinutes(5), 32);

    /** Refuses limits that are not positive. */
    public FormLimits {
        if (maxParts < 1
                || maxHeaderBytes < 1
                || maxTextBytes < 1
                || maxFileBytes < 1
                || maxBytes < 1
                || within.isNegative()
                || within.isZero()
                || atOnce < 1) {
            throw new IllegalArgumentException("limits of a form must be positive");
        }
    }

    /**
     * The same with another bound for parts.
     *
     * @param parts at least 1
     * @return further limits
     */
    public FormLimits withMaxParts(int parts) {
        return new FormLimits(
                parts, maxHeaderBytes, maxTextBytes, maxFileBytes, maxBytes, within, atOnce);
    }

    /**
     * The same with another bound for the header fields of a part.
     *
     * @param bytes at least 1
     * @return further limits
     */
    public FormLimits withMaxHeaderBytes(int bytes) {
        return new FormLimits(
                maxParts, bytes, maxTextBytes, maxFileBytes, maxBytes, within, atOnce);
    }

    /**
     * The same with another bound for text fields together.
     *
     * @param bytes at least 1
     * @return further limits
     */
    public FormLimits withMaxTextBytes(int bytes) {
        return new FormLimits(
                maxParts, maxHeaderBytes, bytes, maxFileBytes, maxBytes, within, atOnce);
    }

    /**
     * The same with another bound for a file.
     *
     * @param bytes at least 1
     * @return further limits
     */
    public FormLimits withMaxFileBytes(long bytes) {
        return new FormLimits(
                maxParts, maxHeaderBytes, maxTextBytes, bytes, maxBytes, within, atOnce);
    }

    /**
     * The same with another bound for the whole body.
     *
     * @param bytes at least 1
     * @return further limits
     */
    public FormLimits withMaxBytes(long bytes) {
        return new FormLimits(
                maxParts, maxHeaderBytes, maxTextBytes, maxFileBytes, bytes, within, atOnce);
    }

    /**
     * The same with another time for the whole body.
     *
     * @param time more than zero
     * @return further limits
     */
    public FormLimits withWithin(Duration time) {
        return new FormLimits(
                maxParts, maxHeaderBytes, maxTextBytes, maxFileBytes, maxBytes, time, atOnce);
    }

    /**
     * The same with another bound for forms at a time.
     *
     * @param forms at least 1
     * @return further limits
     */
    public FormLimits withAtOnce(int forms) {
        return new FormLimits(
                maxParts, maxHeaderBytes, maxTextBytes, maxFileBytes, maxBytes, within, forms);
    }
}
