package dev.flowir.redis;

import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.SharedQueues;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queues on a server. Messages of a queue are a stream, in the order of arrival; when each is due,
 * or its lease ends, is a sorted set; how far those are that were taken is a hash, as are the
 * numbers of the queue. Every step is one script; a stream that all brokers read tells of it.
 */
final class RedisQueues implements SharedQueues {

    /** Messages of one answer: more are asked for in several. */
    private static final int PAGE = 100;

    private static final String[] NUMBERS = {
        "messages",
        "bytes",
        "oldest",
        "sent",
        "arrived",
        "deliveries",
        "acked",
        "dead_lettered",
        "dropped",
        "expired",
        "purged",
        "redriven",
        "place"
    };

    private static final byte[] SERVERS = new byte[0];

    private final Link link;
    private final RedisSettings settings;
    private final QueueKeys keys;
    private final ServerClock clock;
    private final Optional<InstantSource> told;
    private final Map<String, Together> appends = new ConcurrentHashMap<>();
    private final Map<String, Together> changes = new ConcurrentHashMap<>();
    private volatile Optional<Bell> bell = Optional.empty();

    /**
     * The queues of a broker.
     *
     * @param names what all their keys begin with
     * @param told the clock that messages are due by, for tests, where nobody else is listened to;
     *     the server's when empty
     */
    RedisQueues(Link link, RedisSettings settings, String names, Optional<InstantSource> told) {
        this.link = link;
        this.settings = settings;
        this.keys = new QueueKeys(names);
        this.clock = new ServerClock(link, told);
        this.told = told;
        // Asked while the server is there: from now on there is a time, also while it is away.
        clock.millis();
    }

    private byte[] time() {
        return told.isEmpty() ? SERVERS : Wording.number(told.get().millis());
    }

    private List<?> run(Script script, String queue, byte[]... more) {
        return link.list(script, keys.of(queue), arguments(queue, more));
    }

    private byte[][] arguments(String queue, byte[]... more) {
        byte[][] all = new byte[more.length + 2][];
        all[0] = time();
        all[1] = Server.utf8(queue);
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    @Override
    public boolean isOpen() {
        return link.isOpen();
    }

    @Override
    public void listen(Told whom) {
        if (told.isEmpty()) {
            bell = Optional.of(Bell.on(settings, keys.bell(), whom));
        }
    }

    @Override
    public List<Known> queues() {
        byte[] key = keys.queues();
        Map<byte[], byte[]> all = link.call(key.length, redis -> redis.hgetall(key));
        List<Known> known = new ArrayList<>();
        all.forEach((name, text) -> known.add(Wording.known(utf8(name), utf8(text))));
        return known;
    }

    @Override
    public Optional<Known> queue(String name) {
        byte[] key = keys.queues();
        byte @Nullable [] text = link.call(key.length, redis -> redis.hget(key, Server.utf8(name)));
        return text == null ? Optional.empty() : Optional.of(Wording.known(name, utf8(text)));
    }

    @Override
    public Known keep(String name, Optional<String> newSettings, Optional<Boolean> paused) {
        List<?> now =
                run(
                        Script.QUEUE_KEEP,
                        name,
                        Server.utf8(newSettings.orElse("")),
                        Server.utf8(paused.map(is -> is ? "1" : "0").orElse("")));
        return new Known(
                name,
                Wording.number(now.get(0)),
                Wording.text(now.get(1)).equals("1"),
                Wording.text(now.get(2)));
    }

    @Override
    public Appended append(String queue, long revision, Room room, List<Draft> drafts) {
        List<?> answer =
                (List<?>)
                        appends.computeIfAbsent(queue, this::appends)
                                .call(Wording.append(revision, room, drafts));
        return switch (Wording.text(answer.get(0))) {
            case "done" -> new Appended.Done(Wording.metrics(answer, 1));
            case "full" -> new Appended.Full(Wording.metrics(answer, 1));
            default -> new Appended.Outdated();
        };
    }

    private Together appends(String queue) {
        return new Together(link, Script.QUEUE_APPEND, keys.of(queue), () -> arguments(queue));
    }

    @Override
    public Taken take(String queue, Ask ask) {
        List<?> answer =
                run(
                        Script.QUEUE_TAKE,
                        queue,
                        Wording.number(ask.revision()),
                        Wording.number(ask.holder()),
                        Wording.number(ask.most()),
                        ask.gatherMillis().isEmpty()
                                ? new byte[0]
                                : Wording.number(ask.gatherMillis().getAsLong()),
                        Wording.number(ask.leaseMillis()),
                        Wording.number(ask.maxRetries()),
                        Wording.number(ask.retentionMillis()));
        return switch (Wording.text(answer.get(0))) {
            case "some" -> new Taken.Some(Wording.messages(answer, 4), Wording.metrics(answer, 1));
            case "doubtful" -> new Taken.Doubtful(Wording.messages(answer, 1));
            case "nothing" -> new Taken.Nothing(Wording.moment(answer.get(1)));
            default -> new Taken.Outdated();
        };
    }

    /** Those that move go alone: the keys of a call name one queue that they go to. */
    @Override
    public List<Outcome> change(String queue, List<Change> asked) {
        Optional<String> to =
                asked.stream()
                        .map(Change::next)
                        .flatMap(next ->
                                next instanceof Next.Moves moves
                                        ? Stream.of(moves.queue())
                                        : Stream.empty())
                        .findFirst();
        Together together =
                to.isPresent()
                        ? changes(queue, to.get())
                        : changes.computeIfAbsent(queue, name -> changes(name, ""));
        return Wording.outcomes(together.call(Wording.changes(asked)));
    }

    private Together changes(String queue, String to) {
        return new Together(
                link,
                Script.QUEUE_CHANGE,
                keys.of(queue, to),
                () -> arguments(queue, Server.utf8(to)));
    }

    @Override
    public void acknowledge(String queue, long place, int lease) {
        link.number(
                Script.QUEUE_ACKNOWLEDGE,
                keys.of(queue),
                arguments(queue, Wording.number(place), Wording.number(lease)));
    }

    @Override
    public Cleared clear(String queue, Count count, long arrivedUntilMillis, int most) {
        List<?> answer =
                run(
                        Script.QUEUE_CLEAR,
                        queue,
                        Wording.count(count),
                        Wording.number(arrivedUntilMillis),
                        Wording.number(most));
        return new Cleared((int) Wording.number(answer.get(0)), Wording.moment(answer.get(1)));
    }

    @Override
    public List<Kept> page(String queue, long after, int limit) {
        List<Kept> found = new ArrayList<>();
        long place = after;
        int asked;
        List<Kept> page;
        do {
            asked = Math.min(PAGE, limit - found.size());
            page =
                    Wording.messages(
                            run(
                                    Script.QUEUE_PAGE,
                                    queue,
                                    Wording.number(Math.max(0, place)),
                                    Wording.number(asked)),
                            0);
            found.addAll(page);
            place = page.isEmpty() ? place : page.get(page.size() - 1).place();
        } while (page.size() == asked && found.size() < limit);
        return found;
    }

    private OptionalLong[] numbers(String queue) {
        byte[] key = keys.numbers(queue);
        byte[][] fields = new byte[NUMBERS.length][];
        for (int i = 0; i < NUMBERS.length; i++) {
            fields[i] = Server.utf8(NUMBERS[i]);
        }
        List<KeyValue<byte[], byte[]>> kept =
                link.call(key.length, redis -> redis.hmget(key, fields));
        OptionalLong[] numbers = new OptionalLong[NUMBERS.length];
        for (int i = 0; i < NUMBERS.length; i++) {
            byte[] value = kept.get(i).getValueOrElse(new byte[0]);
            numbers[i] = Wording.moment(value);
        }
        return numbers;
    }

    @Override
    public Totals totals(String queue) {
        OptionalLong[] all = numbers(queue);
        long[] counts = new long[9];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = all[i + 3].orElse(0);
        }
        return new Totals(
                Wording.metrics(all[0].orElse(0), all[1].orElse(0), all[2]),
                new QueueCounts(
                        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6],
                        counts[7], counts[8]));
    }

    @Override
    public long lastPlace(String queue) {
        return numbers(queue)[NUMBERS.length - 1].orElse(0);
    }

    @Override
    public Optional<Mark> mark(String token) {
        byte[] key = keys.redrives();
        byte[] field = Server.utf8(token);
        byte @Nullable [] text =
                link.call(key.length + field.length, redis -> redis.hget(key, field));
        return text == null ? Optional.empty() : Optional.of(Wording.mark(token, utf8(text)));
    }

    @Override
    public void save(Mark mark) {
        byte[] key = keys.redrives();
        byte[] text = Server.utf8(Wording.text(mark));
        var unused =
                link.call(
                        key.length + text.length,
                        redis -> redis.hset(key, Server.utf8(mark.token()), text));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        bell.ifPresent(Bell::close);
    }
}
