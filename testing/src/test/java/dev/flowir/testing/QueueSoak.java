package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Message;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueLimits;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.SendOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A soak, run by hand: many delayed messages in a store on the disk, delivered in real time. Prints
 * rates, how late messages came, and what the heap holds. Arguments: file, messages, seconds before
 * the first is due, seconds between first and last, senders.
 */
final class QueueSoak {

    private static final int BATCH = 100;

    /** Lateness in milliseconds: the last slot counts all that are later. */
    private final AtomicLongArray late = new AtomicLongArray(60_001);

    private final int messages;
    private final long firstDueMillis;
    private final long spreadMillis;
    private final BitSet seen;
    private final CountDownLatch left;
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicLong early = new AtomicLong();

    private QueueSoak(int messages, long firstDueMillis, long spreadMillis) {
        this.messages = messages;
        this.firstDueMillis = firstDueMillis;
        this.spreadMillis = spreadMillis;
        this.seen = new BitSet(messages);
        this.left = new CountDownLatch(messages);
    }

    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[1]);
        long firstDue = System.currentTimeMillis() + Long.parseLong(arguments[2]) * 1000;
        long spread = Long.parseLong(arguments[3]) * 1000;
        new QueueSoak(messages, firstDue, spread)
                .run(Path.of(arguments[0]), Integer.parseInt(arguments[4]));
    }

    private void run(Path file, int senders) throws Exception {
        BrokerOptions options =
                BrokerOptions.defaults().limits(QueueLimits.of(LimitProfile.UNBOUNDED));
        try (Store store = Store.open(file, StoreOptions.defaults());
                Broker broker = Broker.sqlite(store, options)) {
            broker.declare(
                    "q", QueueSettings.defaults().batches(BATCH, Duration.ZERO).maxConcurrency(4));
            long begun = System.nanoTime();
            broker.consume("soak", List.of("q"), this::handle);
            send(broker, senders);
            report("sent", begun);
            say("due in " + (firstDueMillis - System.currentTimeMillis()) + " ms");
            say("backlog " + broker.admin("q").metrics());
            left.await();
            report("delivered", begun);
        }
        say("twice " + twice + ", early " + early);
        for (double part : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            say("late, part " + part + ": " + lateness(part) + " ms");
        }
    }

    private void send(Broker broker, int senders) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            threads.add(Thread.ofVirtual().start(() -> sendAll(broker, next)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void sendAll(Broker broker, AtomicInteger next) {
        QueueSender sender = broker.sender("q", Scope.outside("soak"));
        for (int from = next.getAndAdd(BATCH); from < messages; from = next.getAndAdd(BATCH)) {
            List<Outgoing> batch = new ArrayList<>();
            for (int i = from; i < Math.min(messages, from + BATCH); i++) {
                long dueMillis = firstDueMillis + Math.floorMod(i * 7919L, spreadMillis);
                long delayMillis = Math.max(0, dueMillis - System.currentTimeMillis());
                batch.add(
                        new Outgoing(
                                Body.text(i + " " + dueMillis + " " + "x".repeat(200)),
                                SendOptions.after(Duration.ofMillis(delayMillis))));
            }
            sender.sendBatch(batch, SendOptions.none());
        }
    }

    private void handle(Batch batch) {
        long nowMillis = System.currentTimeMillis();
        for (Message message : batch.messages()) {
            String[] words = message.body().text().split(" ", -1);
            long lateMillis = nowMillis - Long.parseLong(words[1]);
            if (lateMillis < -10) {
                early.incrementAndGet();
            }
            late.incrementAndGet((int) Math.min(60_000, Math.max(0, lateMillis)));
            note(Integer.parseInt(words[0]));
        }
    }

    private synchronized void note(int number) {
        if (seen.get(number)) {
            twice.incrementAndGet();
        } else {
            seen.set(number);
            left.countDown();
        }
    }

    private int lateness(double part) {
        long wanted = (long) (part * messages);
        long counted = 0;
        for (int millis = 0; millis < late.length(); millis++) {
            counted += late.get(millis);
            if (counted >= wanted) {
                return millis;
            }
        }
        return late.length();
    }

    private static void report(String what, long begunNanos) {
        System.gc();
        long millis = (System.nanoTime() - begunNanos) / 1_000_000;
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        say(
                what
                        + " after "
                        + millis
                        + " ms; heap "
                        + heap
                        + " KiB; CPU "
                        + cpu.toMillis()
                        + " ms");
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
