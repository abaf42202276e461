package dev.flowir.object.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.object.Entries;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The schedules of an agent, as they are stored: a row each, and the alarm set for the first. */
final class Tasks implements Schedules {

    private static final String ROWS = AgentCore.PREFIX + "task/";
    private static final String FAILED = AgentCore.PREFIX + "failed/";

    private final ObjectContext self;
    private final Set<String> declared;
    private final AgentLimits limits;

    /**
     * A schedule as it is stored.
     *
     * @param task name of the task
     * @param payload as JSON
     * @param atMillis when it is due next, or is tried again
     * @param everyMillis time between two runs
     * @param dueMillis the moment that it is due for, which retries do not move
     * @param attempts how often it was begun for that moment
     * @param skipped how many moments went by
     */
    record Row(
            String task,
            String payload,
            long atMillis,
            Optional<Long> everyMillis,
            long dueMillis,
            int attempts,
            long skipped) {

        Row begun(long retryMillis) {
            return new Row(
                    task, payload, retryMillis, everyMillis, dueMillis, attempts + 1, skipped);
        }

        /** For the next moment after now; those between are skipped. */
        Row next(long interval, long now) {
            long passed = Math.max(0, (now - dueMillis) / interval);
            long due = dueMillis + (passed + 1) * interval;
            return new Row(task, payload, due, everyMillis, due, 0, skipped + passed);
        }

        Scheduled shown(String id) {
            return new Scheduled(
                    id,
                    task,
                    Instant.ofEpochMilli(atMillis),
                    everyMillis.map(Duration::ofMillis),
                    attempts,
                    skipped);
        }
    }

    Tasks(ObjectContext self, Set<String> declared, AgentLimits limits) {
        this.self = self;
        this.declared = declared;
        this.limits = limits;
    }

    @Override
    public <P> String once(AgentTask<P> task, Instant at, P payload) {
        String id = UUID.randomUUID().toString();
        long millis = at.toEpochMilli();
        add(
                id,
                new Row(
                        task.name(),
                        Json.text(task.type(), payload),
                        millis,
                        Optional.empty(),
                        millis,
                        0,
                        0));
        return id;
    }

    @Override
    public <P> String every(AgentTask<P> task, Duration interval, P payload) {
        if (interval.compareTo(limits.leastInterval()) < 0) {
            throw new AgentException(
                    AgentFault.BAD_SCHEDULE,
                    "a task is repeated after "
                            + limits.leastInterval()
                            + " at the earliest, not "
                            + interval);
        }
        String json = Json.text(task.type(), payload);
        String id = digest(task.name() + "\n" + interval.toMillis() + "\n" + json);
        if (row(id).isEmpty()) {
            long first = self.now().plus(interval).toEpochMilli();
            add(
                    id,
                    new Row(
                            task.name(),
                            json,
                            first,
                            Optional.of(interval.toMillis()),
                            first,
                            0,
                            0));
        }
        return id;
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void add(String id, Row row) {
        if (!declared.contains(row.task())) {
            throw new AgentException(
                    AgentFault.UNKNOWN_TASK,
                    "there is no task '" + row.task() + "'; there are " + declared);
        }
        if (rows().size() >= limits.maxTasks()) {
            throw new AgentException(
                    AgentFault.BAD_SCHEDULE,
                    "there are " + limits.maxTasks() + " schedules, as many as may be");
        }
        put(id, row);
        Optional<Instant> alarm = self.alarm();
        Instant at = Instant.ofEpochMilli(row.atMillis());
        if (alarm.isEmpty() || at.isBefore(alarm.get())) {
            self.setAlarm(at);
        }
    }

    @Override
    public boolean cancel(String id) {
        return self.storage().delete(ROWS + id);
    }

    @Override
    public List<Scheduled> list() {
        List<Scheduled> all = new ArrayList<>();
        rows().forEach((key, row) -> all.add(row.shown(key.substring(ROWS.length()))));
        all.sort(Comparator.comparing(Scheduled::next));
        return all;
    }

    @Override
    public List<FailedTask> failed() {
        return List.copyOf(self.storage().list(Entries.under(FAILED), FailedTask.class).values());
    }

    // ---- for whoever runs them

    Optional<Row> row(String id) {
        return self.storage().get(key(id));
    }

    void put(String id, Row row) {
        self.storage().put(key(id), row);
    }

    /** The id of the one that is due first, of those that are due. */
    Optional<String> due() {
        long now = self.now().toEpochMilli();
        return rows().entrySet().stream()
                .filter(entry -> entry.getValue().atMillis() <= now)
                .min(Comparator.comparingLong(entry -> entry.getValue().atMillis()))
                .map(entry -> entry.getKey().substring(ROWS.length()));
    }

    /** Sets the alarm for the first of all. */
    void arm() {
        rows().values().stream()
                .mapToLong(Row::atMillis)
                .min()
                .ifPresentOrElse(at -> self.setAlarm(Instant.ofEpochMilli(at)), self::deleteAlarm);
    }

    /** It is over for this moment: gone, or due for the next one. */
    void finish(String id, Row row) {
        if (row.everyMillis().isPresent()) {
            put(id, row.next(row.everyMillis().get(), self.now().toEpochMilli()));
        } else {
            cancel(id);
        }
    }

    void giveUp(String id, Row row, Optional<String> cause) {
        Instant now = self.now();
        String key = FAILED + HexFormat.of().toHexDigits(now.toEpochMilli()) + "/" + id;
        self.storage()
                .put(
                        StoredKey.of(key, FailedTask.class),
                        new FailedTask(id, row.task(), now, cause));
        Map<String, FailedTask> all = self.storage().list(Entries.under(FAILED), FailedTask.class);
        all.keySet().stream()
                .limit(Math.max(0, all.size() - limits.maxFailed()))
                .forEach(self.storage()::delete);
        finish(id, row);
    }

    private Map<String, Row> rows() {
        return self.storage().list(Entries.under(ROWS), Row.class);
    }

    private static StoredKey<Row> key(String id) {
        return StoredKey.of(ROWS + id, Row.class);
    }
}
