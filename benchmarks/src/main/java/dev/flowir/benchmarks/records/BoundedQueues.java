package dev.flowir.benchmarks.records;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.ProducerType;
import dev.flowir.benchmarks.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/** Queues, and a thread per stage after the first; the caller's thread does the first. */
final class BoundedQueues {

    private static final Item END = new Item(-1, -1);

    private BoundedQueues() {}

    /** Virtual threads and the JDK's blocking queue. */
    static Contender blocking(List<Stage> stages, Item[] items, int bound) {
        return () -> {
            Sum sum = new Sum();
            List<Thread> threads = new ArrayList<>();
            BlockingQueue<Item> first = new ArrayBlockingQueue<>(bound);
            BlockingQueue<Item> from = first;
            for (Stage stage : stages.subList(1, stages.size())) {
                boolean last = threads.size() == stages.size() - 2;
                BlockingQueue<Item> in = from;
                BlockingQueue<Item> out = new ArrayBlockingQueue<>(bound);
                threads.add(
                        Thread.startVirtualThread(
                                () -> blockingStage(stage, in, last ? null : out, sum)));
                from = out;
            }
            for (Item item : items) {
                first.put(stages.get(0).apply(item));
            }
            first.put(END);
            for (Thread thread : threads) {
                thread.join();
            }
            return sum.get();
        };
    }

    @SuppressWarnings("ReferenceEquality") // the very item that says that it is over
    private static void blockingStage(
            Stage stage, BlockingQueue<Item> in, @Nullable BlockingQueue<Item> out, Sum sum) {
        try {
            for (Item item = in.take(); item != END; item = in.take()) {
                if (out == null) {
                    sum.add(stage.apply(item));
                } else {
                    out.put(stage.apply(item));
                }
            }
            if (out != null) {
                out.put(END);
            }
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    /** Queues of JCTools for one producer and one consumer; who has nothing to do yields. */
    static Contender jctools(List<Stage> stages, Item[] items, int bound) {
        return () -> {
            Sum sum = new Sum();
            List<Thread> threads = new ArrayList<>();
            Queue<Item> first = new SpscArrayQueue<>(bound);
            Queue<Item> from = first;
            for (Stage stage : stages.subList(1, stages.size())) {
                boolean last = threads.size() == stages.size() - 2;
                Queue<Item> in = from;
                Queue<Item> out = new SpscArrayQueue<>(bound);
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .start(() -> yieldingStage(stage, in, last ? null : out, sum)));
                from = out;
            }
            for (Item item : items) {
                put(first, stages.get(0).apply(item));
            }
            put(first, END);
            for (Thread thread : threads) {
                thread.join();
            }
            return sum.get();
        };
    }

    @SuppressWarnings({"ReferenceEquality", "ThreadPriorityCheck"}) // as above; yields while idle
    private static void yieldingStage(
            Stage stage, Queue<Item> in, @Nullable Queue<Item> out, Sum sum) {
        while (true) {
            Item item = in.poll();
            if (item == null) {
                Thread.yield();
            } else if (item == END) {
                if (out != null) {
                    put(out, END);
                }
                return;
            } else if (out == null) {
                sum.add(stage.apply(item));
            } else {
                put(out, stage.apply(item));
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yields while there is no room
    private static void put(Queue<Item> out, Item item) {
        while (!out.offer(item)) {
            Thread.yield();
        }
    }

    /** A place in the ring. */
    private static final class Place {
        private Item item = END;
    }

    /** One ring with a handler per stage, each waiting for the one before. */
    static Contender disruptor(List<Stage> stages, Item[] items, int bound) {
        return () -> {
            Sum sum = new Sum();
            CountDownLatch done = new CountDownLatch(1);
            ThreadFactory threads = task -> Thread.ofPlatform().daemon().unstarted(task);
            Disruptor<Place> disruptor =
                    new Disruptor<>(
                            Place::new,
                            bound,
                            threads,
                            ProducerType.SINGLE,
                            new BlockingWaitStrategy());
            handlers(disruptor, stages, items.length, sum, done);
            RingBuffer<Place> ring = disruptor.start();
            for (Item item : items) {
                long sequence = ring.next();
                ring.get(sequence).item = stages.get(0).apply(item);
                ring.publish(sequence);
            }
            done.await();
            disruptor.shutdown();
            return sum.get();
        };
    }

    private static void handlers(
            Disruptor<Place> disruptor,
            List<Stage> stages,
            int count,
            Sum sum,
            CountDownLatch done) {
        EventHandlerGroup<Place> group = null;
        for (int i = 1; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            EventHandler<Place> handler =
                    i < stages.size() - 1
                            ? (place, sequence, lastOfBatch) -> place.item = stage.apply(place.item)
                            : (place, sequence, lastOfBatch) -> {
                                sum.add(stage.apply(place.item));
                                if (sequence == count - 1) {
                                    done.countDown();
                                }
                            };
            group = group == null ? disruptor.handleEventsWith(handler) : group.then(handler);
        }
    }
}
