import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * Pekko's typed actors, sharded over a cluster of one node: {@code Peer CALLERS SECONDS WORK OBJECTS
 * [JDBC_URL]}. The work is to {@code ask} a counter and wait, to {@code tell} it, or to ask one that
 * has its events {@code persist}ed. Says what the second half of the time gave.
 */
final class Peer {

    /** How many are told before their end is awaited. */
    private static final int TOLD = 64;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What a counter takes. */
    sealed interface Command {}

    /** Count, and say how far. */
    record Add(ActorRef<Long> replyTo) implements Command {}

    /** Count. */
    record Note(CountDownLatch seen) implements Command {}

    private static final EntityTypeKey<Command> KEY =
            EntityTypeKey.create(Command.class, "counter");

    private static Behavior<Command> counter(long count) {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Add(ActorRef<Long> replyTo) -> replyTo.tell(count + 1);
                case Note(CountDownLatch seen) -> seen.countDown();
            }
            return counter(count + 1);
        });
    }

    /** A counter whose events are in the journal before it answers. */
    static final class Kept extends EventSourcedBehavior<Command, Long, Long> {
        Kept(PersistenceId id) {
            super(id);
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Command, Long, Long> commandHandler() {
            return newCommandHandlerBuilder()
                    .forAnyState()
                    .onCommand(
                            Add.class,
                            (count, add) ->
                                    Effect().persist(1L)
                                            .thenRun((Long now) -> add.replyTo().tell(now)))
                    .build();
        }

        @Override
        public EventHandler<Long, Long> eventHandler() {
            return newEventHandlerBuilder()
                    .forAnyState()
                    .onEvent(Long.class, (count, event) -> count + event)
                    .build();
        }
    }

    private static Config settings(String database) {
        String all =
                """
                pekko.actor.provider = cluster
                pekko.loglevel = ERROR
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                """;
        if (!database.isEmpty()) {
            all +=
                    """
                    pekko.persistence.journal.plugin = "jdbc-journal"
                    pekko.persistence.snapshot-store.plugin = "pekko.persistence.no-snapshot-store"
                    jdbc-journal {
                      bufferSize = 10000
                      slick {
                        profile = "slick.jdbc.PostgresProfile$"
                        db {
                          url = "%s?reWriteBatchedInserts=true"
                          user = postgres
                          password = ""
                          driver = "org.postgresql.Driver"
                        }
                      }
                    }
                    """
                            .formatted(database);
        }
        return ConfigFactory.parseString(all).withFallback(ConfigFactory.load());
    }

    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        String work = arguments[2];
        int objects = Integer.parseInt(arguments[3]);
        String database = arguments.length > 4 ? arguments[4] : "";
        ActorSystem<Void> system =
                ActorSystem.create(Behaviors.empty(), "bench", settings(database));
        if (!database.isEmpty()) {
            SchemaUtils.createIfNotExists(system).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        while (!cluster.selfMember().status().equals(MemberStatus.up())) {
            Thread.sleep(20);
        }
        ClusterSharding sharding = ClusterSharding.get(system);
        sharding.init(
                Entity.of(
                        KEY,
                        entity ->
                                database.isEmpty()
                                        ? counter(0)
                                        : new Kept(
                                                PersistenceId.of("counter", entity.getEntityId()))));
        List<EntityRef<Command>> counters =
                IntStream.range(0, objects)
                        .mapToObj(i -> sharding.entityRefFor(KEY, "counter-" + i))
                        .toList();
        for (EntityRef<Command> counter : counters) {
            counter.<Long>ask(Add::new, LIMIT).toCompletableFuture().get();
        }
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; i < callers; i++) {
            if (work.equals("tell")) {
                Thread.ofVirtual().start(() -> tell(counters, done, end));
            } else {
                ask(counters, done, end);
            }
        }
        report(done, seconds, database.isEmpty());
    }

    private static EntityRef<Command> any(List<EntityRef<Command>> counters) {
        return counters.get(ThreadLocalRandom.current().nextInt(counters.size()));
    }

    /** One caller: asks, and when it is answered, asks again. */
    private static void ask(List<EntityRef<Command>> counters, LongAdder done, long end) {
        any(counters)
                .<Long>ask(Add::new, LIMIT)
                .whenComplete((count, failure) -> {
                    if (failure != null) {
                        System.err.println(failure);
                        Runtime.getRuntime().halt(1);
                    }
                    done.increment();
                    if (System.nanoTime() < end) {
                        ask(counters, done, end);
                    }
                });
    }

    private static void tell(List<EntityRef<Command>> counters, LongAdder done, long end) {
        try {
            while (System.nanoTime() < end) {
                CountDownLatch seen = new CountDownLatch(TOLD);
                for (int i = 0; i < TOLD; i++) {
                    any(counters).tell(new Note(seen));
                }
                seen.await();
                done.add(TOLD);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(LongAdder done, int seconds, boolean alone)
            throws InterruptedException {
        Thread.sleep(seconds * 500L);
        long before = done.sum();
        long processor = processorNanos();
        long began = System.nanoTime();
        Thread.sleep(seconds * 500L);
        long counted = done.sum() - before;
        long nanos = System.nanoTime() - began;
        // With a database most of the time is the server's, which is another process.
        System.out.println(
                "steps "
                        + counted
                        + " "
                        + nanos
                        + (alone ? " " + (processorNanos() - processor) : ""));
        System.out.flush();
        Runtime.getRuntime().halt(0); // a cluster takes its time to say goodbye
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
