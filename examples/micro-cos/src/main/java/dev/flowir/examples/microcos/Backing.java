package dev.flowir.examples.microcos;

import dev.flowir.blob.BlobStore;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.examples.serving.Posts;
import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvNamespace;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimits;
import dev.flowir.redis.Redis;
import dev.flowir.s3.S3;
import dev.flowir.servlet.RateLimit;
import dev.flowir.servlet.RequestHead;
import dev.flowir.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the archive, known offers, counts of actions and the circuits of tools are: in this
 * process, or on servers that several processes share. Chats and runs stay in the store of their
 * process. The flows are the same.
 */
final class Backing implements AutoCloseable {

    private static final String ARCHIVE = "archive";
    private static final String ACTIONS = "actions";

    private final Settings settings;
    private final Store store;
    private final Optional<Redis> redis;
    private final Deque<Runnable> open = new ArrayDeque<>();

    Backing(Settings settings, Store store) {
        this.settings = settings;
        this.store = store;
        this.redis = settings.shared().redis().map(Redis::connect);
        redis.ifPresent(server -> open.push(server::close));
    }

    /** Where events go that a chat no longer keeps. */
    BlobArchive archive() throws IOException {
        if (settings.shared().bucket().isEmpty()) {
            BlobStore files = BlobStore.files(ARCHIVE, store, settings.data().resolve(ARCHIVE));
            open.push(files::close);
            return new BlobArchive(files.reader(), files.writer(Scope.outside(ARCHIVE)), "");
        }
        var bucket = settings.shared().bucket().get();
        S3 server = S3.at(bucket.server());
        open.push(server::close);
        RemoteBlobs blobs = server.blobs(ARCHIVE, bucket.name());
        open.push(blobs::close);
        return new BlobArchive(blobs.reader(), blobs.writer(Scope.outside(ARCHIVE)), name() + "/");
    }

    /** Of this process's data: chats of one name in two processes are two chats. */
    private String name() throws IOException {
        Path file = settings.data().resolve("name");
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        if (kept.isEmpty()) {
            kept = UUID.randomUUID().toString();
            Files.writeString(file, kept);
        }
        return kept;
    }

    /** What was found for a place and a day. */
    CapabilityProvider offers() {
        return redis.<CapabilityProvider>map(server -> server.kv(Known.BINDING))
                .orElseGet(() -> KvNamespace.sqlite(Known.BINDING, store));
    }

    /** How a tool is called: who of all processes finds it in trouble tells the others. */
    HttpSettings guarding(String tool, HttpSettings http) {
        return redis.map(server -> http.with(server.circuit(tool))).orElse(http);
    }

    /** How often a person may act. */
    RateLimit actions() {
        Rate rate = Rate.of(settings.shared().actionsPerMinute(), Duration.ofMinutes(1));
        return Posts.counting(
                redis.map(server -> server.rates(ACTIONS, rate))
                        .orElseGet(() -> RateLimits.memory(ACTIONS, rate)),
                Backing::person);
    }

    /** Anything may stand in a path; which names there are is looked at later. */
    private static String person(RequestHead request) {
        String user = request.pathParameters().getOrDefault("user", "");
        String plain = user.replaceAll("[^A-Za-z0-9_.:-]", "?");
        return "user " + plain.substring(0, Math.min(plain.length(), Inputs.MAX_NAME));
    }

    /** Ends what was opened last first, all of it. */
    @Override
    public void close() {
        if (!open.isEmpty()) {
            try {
                open.pop().run();
            } finally {
                close();
            }
        }
    }
}
