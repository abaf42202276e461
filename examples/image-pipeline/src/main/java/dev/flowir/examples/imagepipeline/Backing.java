package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobStore;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimits;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.redis.Redis;
import dev.flowir.s3.S3;
import dev.flowir.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where pictures, the queue and the pace of calls are: in this process, or on servers that several
 * processes share. Tables, objects and runs stay in the store of their process, and so does what a
 * process has to tell of its own writes. The flows are the same.
 */
final class Backing implements AutoCloseable {

    private final Settings settings;
    private final Store store;
    private final Time time;
    private final Optional<Redis> redis;
    private final Optional<S3> s3;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Backing(Settings settings, Store store, Time time) {
        this.settings = settings;
        this.store = store;
        this.time = time;
        this.redis = settings.redis().map(Redis::connect);
        redis.ifPresent(open::push);
        this.s3 = settings.s3().map(bucket -> S3.at(bucket.server()));
        s3.ifPresent(open::push);
    }

    /** The bucket, whose changes are kept in the store until they were told. */
    Gallery pictures(Path folder) {
        String name = ClassificationFlow.PICTURES;
        if (s3.isEmpty()) {
            BlobStore files = BlobStore.files(name, store, folder);
            open.push(files);
            return Gallery.of(files);
        }
        String bucket = settings.s3().orElseThrow().name();
        RemoteBlobs shared = s3.get().blobs(name, bucket).notingIn(store);
        open.push(shared);
        return Gallery.of(shared);
    }

    /** The queues. */
    Broker broker() {
        BrokerOptions options = BrokerOptions.defaults().on(time.timeline(), time.handlers());
        Broker broker =
                redis.map(server -> server.broker("image-pipeline", options))
                        .orElseGet(() -> Broker.sqlite(store, options));
        open.push(broker);
        return broker;
    }

    /**
     * So many calls in any minute and no more, of all processes together: what a full bucket lets
     * out at once, a second's worth, is taken off what flows into it.
     */
    RateLimits pace() {
        int burst = settings.callsPerMinute() / 60;
        Rate rate = new Rate(settings.callsPerMinute() - burst, Duration.ofMinutes(1), burst);
        String name = ClassificationFlow.PACE;
        return redis.map(server -> server.rates(name, rate))
                .orElseGet(() -> RateLimits.sqlite(name, rate, store, time.timeline()));
    }

    /** Ends what was opened last first. */
    @Override
    public void close() {
        Pipeline.close(open)
                .ifPresent(failure -> {
                    throw failure;
                });
    }
}
