package dev.flowir.redis;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process that works on the queue {@code work}, notes each message that is done in the namespace
 * {@code done}, and does not end by itself. Arguments: port of the server, its own name, hours that
 * its clock is ahead. The one that is called {@code first} holds on to what says {@code hold}.
 */
final class QueueWorker {

    private QueueWorker() {}

    static Process start(int port, String name, int hoursAhead) throws IOException {
        return Forked.start(
                QueueWorker.class, Integer.toString(port), name, Integer.toString(hoursAhead));
    }

    /** A clock that is ahead, on real timers. */
    record Ahead(Duration by) implements Timeline {

        @Override
        public Instant instant() {
            return Timeline.system().instant().plus(by);
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            return Timeline.system().schedule(delay, action);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        String name = arguments[1];
        Timeline timeline = new Ahead(Duration.ofHours(Integer.parseInt(arguments[2])));
        Redis redis = Redis.connect(Patient.at("127.0.0.1", port));
        KvWriter done = redis.kv("done").writer(Scope.outside(name));
        BrokerOptions options = BrokerOptions.defaults();
        redis.broker("main", options.on(timeline, options.executor()))
                .consume(
                        name,
                        List.of("work"),
                        batch -> {
                            for (Message message : batch.messages()) {
                                work(message, name, done);
                            }
                        });
        new CountDownLatch(1).await(); // until it is killed
    }

    private static void work(Message message, String name, KvWriter done)
            throws InterruptedException {
        String text = message.body().text();
        if (name.equals("first") && text.startsWith("hold")) {
            done.put("held." + text, KvValue.of(name));
            new CountDownLatch(1).await();
        }
        done.put("done." + text, KvValue.of(name + " " + message.attempts()));
    }
}
