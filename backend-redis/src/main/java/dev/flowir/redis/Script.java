package dev.flowir.redis;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script of ours. It is called by its digest, and sent whole to a server that does not know it,
 * so that nothing has to be installed and releases with different scripts share a server.
 *
 * @param text the script
 * @param digest as the server names it
 * @param writes false when a script only reads, which the server then holds it to
 * @param output what it gives
 */
record Script(String text, String digest, boolean writes, ScriptOutputType output) {

    static final Script KV_WRITE = timed("kv-write.lua", ScriptOutputType.MULTI);
    static final Script KV_DELETE = writing("kv-delete.lua", ScriptOutputType.INTEGER);
    static final Script KV_GET = reading("kv-get.lua");
    static final Script KV_READ = reading("kv-read.lua");
    static final Script KV_LIST = reading("kv-list.lua");
    static final Script RATE_DRAW = writing("rate-draw.lua", ScriptOutputType.INTEGER);
    static final Script RATE_GIVE_BACK = writing("rate-give-back.lua", ScriptOutputType.INTEGER);

    static final Script MARK_LOOK = reading("mark-look.lua");
    static final Script MARK_REPLACE = writing("mark-replace.lua", ScriptOutputType.INTEGER);
    static final Script CACHE_KEEP = timed("cache-keep.lua", ScriptOutputType.INTEGER);
    static final Script CIRCUIT_ASK = timed("circuit-ask.lua", ScriptOutputType.MULTI);
    static final Script CIRCUIT_TELL = timed("circuit-tell.lua", ScriptOutputType.INTEGER);
    static final Script QUEUE_KEEP = ofQueues("queue-keep.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_APPEND = ofQueues("queue-append.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_TAKE = ofQueues("queue-take.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_CHANGE = ofQueues("queue-change.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_CLEAR = ofQueues("queue-clear.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_PAGE = ofQueues("queue-page.lua", ScriptOutputType.MULTI);
    static final Script QUEUE_ACKNOWLEDGE =
            ofQueues("queue-acknowledge.lua", ScriptOutputType.INTEGER);

    private static Script writing(String file, ScriptOutputType output) {
        return of(load(file), true, output);
    }

    /** One that has to know the time. */
    private static Script timed(String file, ScriptOutputType output) {
        return of(load("clock.lua") + load(file), true, output);
    }

    /** One that begins with what all scripts of queues share. */
    private static Script ofQueues(String file, ScriptOutputType output) {
        return of(load("clock.lua") + load("queue.lua") + load(file), true, output);
    }

    private static Script reading(String file) {
        return of(load(file), false, ScriptOutputType.MULTI);
    }

    private static Script of(String text, boolean writes, ScriptOutputType output) {
        return new Script(text, sha1(text), writes, output);
    }

    private static String load(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the script " + file + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(utf8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
