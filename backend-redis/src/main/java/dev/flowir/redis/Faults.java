package dev.flowir.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fault of ours a failure of the client or an error of the server is. */
final class Faults {

    /** First words of the server's errors; the list is in its source, {@code src/server.c}. */
    private static final Map<String, RedisFault> BY_WORD =
            Map.ofEntries(
                    Map.entry("NOAUTH", RedisFault.DENIED),
                    Map.entry("WRONGPASS", RedisFault.DENIED),
                    Map.entry("NOPERM", RedisFault.DENIED),
                    Map.entry("OOM", RedisFault.FULL),
                    Map.entry("MISCONF", RedisFault.FULL),
                    Map.entry("LOADING", RedisFault.NOT_READY),
                    Map.entry("BUSY", RedisFault.NOT_READY),
                    Map.entry("READONLY", RedisFault.NOT_READY),
                    Map.entry("MASTERDOWN", RedisFault.NOT_READY),
                    Map.entry("NOREPLICAS", RedisFault.NOT_READY),
                    Map.entry("TRYAGAIN", RedisFault.NOT_READY),
                    Map.entry("CLUSTERDOWN", RedisFault.NOT_READY));

    /** How Lettuce says that it had no connection when it was asked to send. */
    private static final String NOT_SENT = "not connected";

    private Faults() {}

    /** What a call ends in whose command ended so. */
    static RedisException of(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        if (failure instanceof RedisCommandExecutionException) {
            return said(said, failure);
        }
        if (said.contains(NOT_SENT)) {
            return away(failure);
        }
        return new RedisException(
                RedisFault.NO_ANSWER,
                "the connection ended before the answer came; whether it was done is unknown",
                failure);
    }

    /** What the server said against one of several calls that went together. */
    static RedisException said(String text) {
        return said(text, null);
    }

    private static RedisException said(String text, @Nullable Throwable failure) {
        return new RedisException(
                BY_WORD.getOrDefault(firstWord(text), RedisFault.REFUSED),
                "the server says: " + text,
                failure);
    }

    static RedisException away(Throwable failure) {
        return new RedisException(
                RedisFault.AWAY, "there is no connection to the server now", failure);
    }

    /** What an attempt to connect ends in: its causes tell what the server said, if anything. */
    static RedisException ofConnecting(String where, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RedisCommandExecutionException) {
                RedisException said = of(at);
                if (said.fault() != RedisFault.REFUSED) {
                    return said;
                }
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new RedisException(
                RedisFault.AWAY, "nobody answers as Redis at " + where + ": " + root, failure);
    }

    private static String firstWord(String said) {
        int end = said.indexOf(' ');
        return end < 0 ? said : said.substring(0, end);
    }
}
