package dev.flowir.queue;

import java.time.Duration;
import java.util.List;

/** Refuses what breaks a limit, before anything is written. */
final class Checks {

    private static final int MAX_NAME = 63;

    private Checks() {}

    static void name(String queue) {
        if (!isName(queue)) {
            throw new QueueException(
                    QueueFault.BAD_NAME,
                    "'"
                            + shown(queue)
                            + "' is no name of a queue: 1 to 63 letters, digits, '-', '_' and '.',"
                            + " starting with a letter or digit");
        }
    }

    /** What fits on a line of a log, without what would change it. */
    private static String shown(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i <= MAX_NAME; i++) {
            line.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return text.length() > MAX_NAME ? line + "…" : line.toString();
    }

    /** By hand: an edge isolate would carry all of the regular expressions for it. */
    private static boolean isName(String text) {
        boolean fits =
                !text.isEmpty() && text.length() <= MAX_NAME && isAlphanumeric(text.charAt(0));
        for (int i = 1; i < text.length() && fits; i++) {
            fits = isAlphanumeric(text.charAt(i)) || "._-".indexOf(text.charAt(i)) >= 0;
        }
        return fits;
    }

    private static boolean isAlphanumeric(char it) {
        return (it >= 'a' && it <= 'z') || (it >= 'A' && it <= 'Z') || (it >= '0' && it <= '9');
    }

    static void delay(Duration delay, QueueLimits limits) {
        if (delay.isNegative() || delay.compareTo(limits.maxDelay()) > 0) {
            throw new QueueException(
                    QueueFault.BAD_DELAY,
                    "a delay is 0 to " + limits.maxDelay() + ", not " + delay);
        }
    }

    static void settings(QueueSettings settings, QueueLimits limits) {
        range("the batch size", settings.batching().maxSize(), 1, limits.maxBatchSize());
        range(
                "the batch timeout",
                settings.batching().timeout(),
                Duration.ZERO,
                limits.maxBatchTimeout());
        range("the number of retries", settings.retries().maxRetries(), 0, limits.maxRetries());
        range("the retry delay", settings.retries().delay(), Duration.ZERO, limits.maxDelay());
        range("the delivery delay", settings.deliveryDelay(), Duration.ZERO, limits.maxDelay());
        range("the retention", settings.retention(), limits.minRetention(), limits.maxRetention());
        range("the lease", settings.lease(), Duration.ofMillis(1), limits.maxLease());
        range("the concurrency", settings.maxConcurrency(), 1, limits.maxConcurrency());
        range("the bound of messages", settings.bound().messages(), 1L, Long.MAX_VALUE);
        range("the bound of bytes", settings.bound().bytes(), 1L, Long.MAX_VALUE);
        if (settings.bound().overflow() instanceof Bound.Overflow.Block(Duration maxWait)) {
            range("the wait of senders", maxWait, Duration.ZERO, Duration.ofDays(365));
        }
    }

    private static <C extends Comparable<C>> void range(String what, C value, C least, C most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new QueueException(
                    QueueFault.BAD_SETTING,
                    what + " is " + least + " to " + most + ", not " + value);
        }
    }

    static void batch(List<Outgoing> messages, QueueLimits limits) {
        if (messages.isEmpty()) {
            throw new QueueException(
                    QueueFault.EMPTY_BATCH, "a send has at least one message; send none instead");
        }
        if (messages.size() > limits.maxSendCount()) {
            throw new QueueException(
                    QueueFault.TOO_MANY_IN_BATCH,
                    messages.size()
                            + " messages in one send, the most is "
                            + limits.maxSendCount()
                            + "; split it");
        }
        long together = 0;
        for (Outgoing message : messages) {
            int size = size(message.body(), limits);
            if (size > limits.maxMessageBytes()) {
                throw new QueueException(
                        QueueFault.MESSAGE_TOO_LARGE,
                        "a message of "
                                + size
                                + " bytes, "
                                + limits.overheadBytes()
                                + " of them overhead; the most is "
                                + limits.maxMessageBytes()
                                + ". Keep the payload in a blob store and send its key");
            }
            together += size;
            message.options().delay().ifPresent(delay -> delay(delay, limits));
        }
        if (together > limits.maxSendBytes()) {
            throw new QueueException(
                    QueueFault.BATCH_TOO_LARGE,
                    "messages of "
                            + together
                            + " bytes in one send, the most is "
                            + limits.maxSendBytes()
                            + "; split it");
        }
    }

    static int size(Body body, QueueLimits limits) {
        return body.size() + limits.overheadBytes();
    }

    static void page(int limit) {
        if (limit < 1 || limit > 1000) {
            throw new QueueException(
                    QueueFault.BAD_SETTING, "a page has 1 to 1000 messages, not " + limit);
        }
    }
}
