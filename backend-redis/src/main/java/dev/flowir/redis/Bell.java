package dev.flowir.redis;

import dev.flowir.queue.SharedQueues;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what others do to queues, by blocked reads of one stream over a connection of its own. What
 * was said while nobody listened is not looked for: then anything may have happened.
 */
final class Bell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private final RedisSettings settings;
    private final byte[] stream;
    private final SharedQueues.Told told;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listening;

    private Bell(RedisSettings settings, byte[] stream, SharedQueues.Told told) {
        this.settings = settings;
        this.stream = stream;
        this.told = told;
        this.listening = Thread.ofVirtual().name("flowir-redis-bell").unstarted(this::listen);
    }

    static Bell on(RedisSettings settings, byte[] stream, SharedQueues.Told told) {
        Bell bell = new Bell(settings, stream, told);
        bell.listening.start();
        return bell;
    }

    private void listen() {
        long pauseMillis = settings.patience().soonest().toMillis();
        while (closed.getCount() > 0) {
            try (Link link = Link.open(settings)) {
                pauseMillis = settings.patience().soonest().toMillis();
                follow(link);
            } catch (RedisException e) {
                LOG.debug("The bell of queues is not heard; again in {} ms", pauseMillis, e);
            }
            pause(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, settings.patience().latest().toMillis());
        }
    }

    /** Until it is closed, or a read ends in a fault. */
    private void follow(Link link) {
        String last = latest(link);
        tell(told::anything);
        while (closed.getCount() > 0) {
            List<StreamMessage<byte[], byte[]>> rung = read(link, last);
            for (StreamMessage<byte[], byte[]> one : rung) {
                last = one.getId();
            }
            heard(rung);
        }
    }

    private String latest(Link link) {
        List<StreamMessage<byte[], byte[]>> newest =
                link.call(
                        stream.length,
                        redis -> redis.xrevrange(stream, Range.unbounded(), Limit.from(1)));
        return newest.isEmpty() ? "0-0" : newest.get(0).getId();
    }

    /** Waits on the server for less time than it has to answer. */
    @SuppressWarnings("unchecked") // an array of Lettuce's varargs
    private List<StreamMessage<byte[], byte[]>> read(Link link, String last) {
        Duration block = settings.patience().answer().dividedBy(2);
        List<StreamMessage<byte[], byte[]>> rung =
                link.call(
                        stream.length,
                        redis ->
                                redis.xread(
                                        XReadArgs.Builder.block(block),
                                        XReadArgs.StreamOffset.from(stream, last)));
        return rung == null ? List.of() : rung;
    }

    private void heard(List<StreamMessage<byte[], byte[]>> rung) {
        Set<String> stirred = new HashSet<>();
        Set<String> changed = new HashSet<>();
        for (StreamMessage<byte[], byte[]> one : rung) {
            Map<String, String> said = new HashMap<>();
            one.getBody().forEach((field, value) -> said.put(utf8(field), utf8(value)));
            String queue = said.getOrDefault("q", "");
            ("c".equals(said.get("k")) ? changed : stirred).add(queue);
        }
        changed.forEach(queue -> tell(() -> told.changed(queue)));
        stirred.forEach(queue -> tell(() -> told.stirred(queue)));
    }

    /** What a listener throws is its own: the bell rings on. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warn("Somebody who was told of a queue failed", e);
        }
    }

    private void pause(long millis) {
        try {
            boolean over = closed.await(millis, TimeUnit.MILLISECONDS);
            LOG.trace("The bell is closed: {}", over);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Interrupts the read that is blocked. */
    @Override
    public void close() {
        closed.countDown();
        listening.interrupt();
        try {
            listening.join(settings.patience().answer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
