package dev.flowir.benchmarks.keyed;

import dev.flowir.benchmarks.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscArrayQueue;

/** Threads that share the items by key: dealt out beforehand, or through queues. */
final class Shares {

    private static final Parcel END = new Parcel(0, -1);
    private static final long IDLE_NANOS = 1_000;

    private Shares() {}

    /** Every core has its keys beforehand: nothing is handed over, nobody can be faster. */
    static Contender ideal(Parcel[] parcels) {
        int cores = Runtime.getRuntime().availableProcessors();
        List<List<Parcel>> shares = new ArrayList<>();
        for (int i = 0; i < cores; i++) {
            shares.add(new ArrayList<>());
        }
        for (Parcel parcel : parcels) {
            shares.get(parcel.key() % cores).add(parcel);
        }
        return () -> {
            Ledger ledger = new Ledger();
            List<Thread> threads = new ArrayList<>();
            for (List<Parcel> share : shares.subList(1, cores)) {
                threads.add(Thread.ofPlatform().daemon().start(() -> work(share, ledger)));
            }
            work(shares.get(0), ledger);
            join(threads);
            return ledger.total();
        };
    }

    private static void work(List<Parcel> share, Ledger ledger) {
        for (Parcel parcel : share) {
            ledger.add(parcel.worked());
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The JDK's queues and a virtual thread for each worker. */
    static Contender blocking(Parcel[] parcels) {
        return () -> {
            Ledger ledger = new Ledger();
            List<BlockingQueue<Parcel>> queues = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Keyed.WORKERS; i++) {
                BlockingQueue<Parcel> queue = new ArrayBlockingQueue<>(Keyed.BOUND);
                queues.add(queue);
                threads.add(Thread.startVirtualThread(() -> take(queue, ledger)));
            }
            for (Parcel parcel : parcels) {
                queues.get(parcel.shard(Keyed.WORKERS)).put(parcel);
            }
            for (BlockingQueue<Parcel> queue : queues) {
                queue.put(END);
            }
            join(threads);
            return ledger.total();
        };
    }

    @SuppressWarnings("ReferenceEquality") // the very parcel that says that it is over
    private static void take(BlockingQueue<Parcel> queue, Ledger ledger) {
        try {
            for (Parcel parcel = queue.take(); parcel != END; parcel = queue.take()) {
                ledger.add(parcel.worked());
            }
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    /** Queues of JCTools and a thread for each worker; who has nothing to do parks for a moment. */
    static Contender jctools(Parcel[] parcels) {
        return () -> {
            Ledger ledger = new Ledger();
            List<SpscArrayQueue<Parcel>> queues = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Keyed.WORKERS; i++) {
                SpscArrayQueue<Parcel> queue = new SpscArrayQueue<>(Keyed.BOUND);
                queues.add(queue);
                threads.add(Thread.ofPlatform().daemon().start(() -> drain(queue, ledger)));
            }
            for (Parcel parcel : parcels) {
                put(queues.get(parcel.shard(Keyed.WORKERS)), parcel);
            }
            for (SpscArrayQueue<Parcel> queue : queues) {
                put(queue, END);
            }
            join(threads);
            return ledger.total();
        };
    }

    private static void put(SpscArrayQueue<Parcel> queue, Parcel parcel) {
        while (!queue.offer(parcel)) {
            LockSupport.parkNanos(IDLE_NANOS);
        }
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static void drain(SpscArrayQueue<Parcel> queue, Ledger ledger) {
        while (true) {
            Parcel parcel = queue.poll();
            if (parcel == null) {
                LockSupport.parkNanos(IDLE_NANOS);
            } else if (parcel == END) {
                return;
            } else {
                ledger.add(parcel.worked());
            }
        }
    }
}
