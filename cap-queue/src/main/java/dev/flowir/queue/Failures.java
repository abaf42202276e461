package dev.flowir.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in bounded text what went wrong. */
final class Failures {

    private static final int MAX_ERROR_CHARS = 500;
    private static final int DIGEST_BYTES = 6;

    private Failures() {}

    static FailedAttempt of(int number, long nowMillis, Retry why) {
        return new FailedAttempt(
                number,
                Instant.ofEpochMilli(nowMillis),
                why.cause().map(Failures::error).orElse("the consumer asked for a retry"),
                why.cause().map(Failures::digest),
                why.runId());
    }

    static FailedAttempt leaseEnded(int number, long nowMillis) {
        return new FailedAttempt(
                number,
                Instant.ofEpochMilli(nowMillis),
                "the lease ended without an answer: the consumer was too slow, or its process"
                        + " ended",
                Optional.empty(),
                Optional.empty());
    }

    private static String error(Throwable thrown) {
        String text =
                thrown.getMessage() == null
                        ? thrown.getClass().getName()
                        : thrown.getClass().getName() + ": " + thrown.getMessage();
        return text.length() <= MAX_ERROR_CHARS
                ? text
                : text.substring(0, MAX_ERROR_CHARS - 3) + "...";
    }

    /** Types and methods of the trace and its causes; no messages, no lines. */
    static String digest(Throwable thrown) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable one = thrown; one != null && seen.add(one); one = one.getCause()) {
            add(digest, one.getClass().getName());
            for (StackTraceElement frame : one.getStackTrace()) {
                add(digest, frame.getClassName());
                add(digest, frame.getMethodName());
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
