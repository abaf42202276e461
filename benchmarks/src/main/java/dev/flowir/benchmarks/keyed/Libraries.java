package dev.flowir.benchmarks.keyed;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import dev.flowir.benchmarks.Closing;
import dev.flowir.benchmarks.Contender;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import reactor.core.publisher.Flux;

/** Libraries that group by key and work on groups in parallel. */
final class Libraries {

    private Libraries() {}

    static Contender reactor(Parcel[] parcels) {
        return () -> {
            Ledger ledger = new Ledger();
            Flux.fromArray(parcels)
                    .groupBy(it -> it.shard(Keyed.WORKERS), Keyed.BOUND)
                    .flatMap(
                            group ->
                                    group.publishOn(
                                                    reactor.core.scheduler.Schedulers.parallel(),
                                                    Keyed.BOUND)
                                            .map(Parcel::worked)
                                            .doOnNext(ledger::add),
                            Keyed.WORKERS,
                            Keyed.BOUND)
                    .then()
                    .block();
            return ledger.total();
        };
    }

    static Contender rxjava(Parcel[] parcels) {
        return () -> {
            Ledger ledger = new Ledger();
            Flowable.fromArray(parcels)
                    .groupBy(it -> it.shard(Keyed.WORKERS), it -> it, false, Keyed.BOUND)
                    .flatMap(
                            group ->
                                    group.observeOn(Schedulers.computation(), false, Keyed.BOUND)
                                            .map(Parcel::worked)
                                            .doOnNext(ledger::add),
                            false,
                            Keyed.WORKERS,
                            Keyed.BOUND)
                    .ignoreElements()
                    .blockingAwait();
            return ledger.total();
        };
    }

    static Contender pekko(Parcel[] parcels) {
        ActorSystem system = ActorSystem.create("keyed");
        List<Parcel> list = List.of(parcels);
        return new Contender() {
            @Override
            public long run() throws Exception {
                Ledger ledger = new Ledger();
                Source.from(list)
                        .groupBy(Keyed.WORKERS, it -> it.shard(Keyed.WORKERS))
                        .async()
                        .map(it -> ledger.added(it.worked()))
                        .addAttributes(Attributes.inputBuffer(Keyed.BOUND, Keyed.BOUND))
                        .mergeSubstreams()
                        .runWith(Sink.ignore(), system)
                        .toCompletableFuture()
                        .get();
                return ledger.total();
            }

            @Override
            public void close() {
                Closing.all(List.of(() -> Closing.end(system)));
            }
        };
    }

    /** A place in a ring. */
    private static final class Place {
        private Parcel parcel = new Parcel(0, -1);
    }

    /** A ring for each worker. */
    static Contender disruptor(Parcel[] parcels) {
        int[] counts = new int[Keyed.WORKERS];
        for (Parcel parcel : parcels) {
            counts[parcel.shard(Keyed.WORKERS)]++;
        }
        ThreadFactory threads = task -> Thread.ofPlatform().daemon().unstarted(task);
        return () -> {
            Ledger ledger = new Ledger();
            CountDownLatch done = new CountDownLatch(Keyed.WORKERS);
            List<Disruptor<Place>> disruptors = new ArrayList<>();
            List<RingBuffer<Place>> rings = new ArrayList<>();
            for (int i = 0; i < Keyed.WORKERS; i++) {
                int last = counts[i] - 1;
                EventHandler<Place> handler =
                        (place, sequence, lastOfBatch) -> {
                            ledger.add(place.parcel.worked());
                            if (sequence == last) {
                                done.countDown();
                            }
                        };
                Disruptor<Place> disruptor =
                        new Disruptor<>(
                                Place::new,
                                Keyed.BOUND,
                                threads,
                                ProducerType.SINGLE,
                                new BlockingWaitStrategy());
                disruptor.handleEventsWith(handler);
                disruptors.add(disruptor);
                rings.add(disruptor.start());
            }
            for (Parcel parcel : parcels) {
                RingBuffer<Place> ring = rings.get(parcel.shard(Keyed.WORKERS));
                long sequence = ring.next();
                ring.get(sequence).parcel = parcel;
                ring.publish(sequence);
            }
            done.await();
            disruptors.forEach(Disruptor::shutdown);
            return ledger.total();
        };
    }
}
