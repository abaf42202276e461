package dev.flowir.object.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.Cron;
import dev.flowir.object.Cell;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The schedules of an agent, as they are stored: a row each, and the alarm set for the first. */
final class Tasks implements Schedules {

    private static final String ROWS = AgentCore.PREFIX + "task/";
    private static final String FAILED = AgentCore.PREFIX + "failed/";

    private final ObjectContext self;
    private final Set<String> declared;
    private final AgentLimits limits;
    private final Cell<Long> sequence;

    Tasks(ObjectContext self, Set<String> declared, AgentLimits limits) {
        this.self = self;
        this.declared = declared;
        this.limits = limits;
        this.sequence = self.cell(StoredKey.of(AgentCore.PREFIX + "sequence", Long.class), 0L);
    }

    @Override
    public <P> String once(AgentTask<P> task, Instant at, P payload) {
        String json = Json.text(task.type(), payload);
        ensureTask(task);
        String id = nextId();
        add(id, TaskRow.once(task.name(), json, at.toEpochMilli()));
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
        ensureTask(task);
        String json = Json.text(task.type(), payload);
        String id = digest(task.name() + "\n" + interval.toMillis() + "\n" + json);
        if (row(id).isEmpty()) {
            long first = self.now().plus(interval).toEpochMilli();
            add(id, TaskRow.every(task.name(), json, first, interval));
        }
        return id;
    }

    @Override
    public <P> String cron(AgentTask<P> task, Cron moments, P payload) {
        ensureTask(task);
        String json = Json.text(task.type(), payload);
        String id = digest(task.name() + "\n" + moments.dialect() + " " + moments + "\n" + json);
        if (row(id).isEmpty()) {
            Instant first =
                    moments.next(self.now())
                            .orElseThrow(() ->
                                    new AgentException(
                                            AgentFault.BAD_SCHEDULE,
                                            "'"
                                                    + moments
                                                    + "' has no moment in the next 30 years; write"
                                                    + " a day that exists"));
            add(id, TaskRow.cron(task.name(), json, first.toEpochMilli(), moments));
        }
        return id;
    }

    /** A number that orders what is due in the same millisecond as it was asked for. */
    private String nextId() {
        long next = sequence.get() + 1;
        sequence.set(next);
        return HexFormat.of().toHexDigits(next);
    }

    private void ensureTask(AgentTask<?> task) {
        if (!declared.contains(task.name())) {
            throw new AgentException(
                    AgentFault.UNKNOWN_TASK,
                    "there is no task '" + task.name() + "'; there are " + tasks());
        }
    }

    private List<String> tasks() {
        return declared.stream().filter(name -> !name.startsWith(AgentCore.OURS)).toList();
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(String id, TaskRow row) {
        if (rows().size() >= limits.maxTasks()) {
            throw new AgentException(
                    AgentFault.BAD_SCHEDULE,
                    "there are " + limits.maxTasks() + " schedules, as many as may be");
        }
        put(id, row);
        ringAt(row.atMillis());
    }

    /** Moves the alarm forward when it is set for later. */
    void ringAt(long millis) {
        Optional<Instant> alarm = self.alarm();
        Instant at = Instant.ofEpochMilli(millis);
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
        rows().forEach((id, row) -> {
            if (!row.task().startsWith(AgentCore.OURS)) {
                all.add(row.shown(id));
            }
        });
        all.sort(Comparator.comparing(Scheduled::next));
        return all;
    }

    @Override
    public List<FailedTask> failed() {
        return List.copyOf(givenUp().values());
    }

    @Override
    public boolean again(String id) {
        for (Map.Entry<String, FailedTask> entry : givenUp().entrySet()) {
            FailedTask failed = entry.getValue();
            if (failed.id().equals(id) && failed.payload().isPresent()) {
                self.storage().delete(entry.getKey());
                long now = self.now().toEpochMilli();
                boolean isRun = failed.task().startsWith(AgentCore.OURS);
                add(
                        isRun ? id : nextId(),
                        TaskRow.once(failed.task(), failed.payload().get(), now));
                return true;
            }
        }
        return false;
    }

    private Map<String, FailedTask> givenUp() {
        return self.storage().list(Entries.under(FAILED), FailedTask.class);
    }

    // ---- for whoever runs them

    Optional<TaskRow> row(String id) {
        return self.storage().get(key(id));
    }

    void put(String id, TaskRow row) {
        self.storage().put(key(id), row);
    }

    /** The id of the one that is due first, of those that are due. */
    Optional<String> due() {
        long now = self.now().toEpochMilli();
        return rows().entrySet().stream()
                .filter(entry -> entry.getValue().atMillis() <= now)
                .min(Comparator.comparingLong(entry -> entry.getValue().atMillis()))
                .map(Map.Entry::getKey);
    }

    /** Sets the alarm for the first of all. */
    void arm() {
        rows().values().stream()
                .mapToLong(TaskRow::atMillis)
                .min()
                .ifPresentOrElse(at -> self.setAlarm(Instant.ofEpochMilli(at)), self::deleteAlarm);
    }

    /** It is over for this moment: gone, or due for the next one. */
    void finish(String id, TaskRow row) {
        row.next(self.now().toEpochMilli())
                .ifPresentOrElse(next -> put(id, next), () -> cancel(id));
    }

    void giveUp(String id, TaskRow row, Optional<String> cause) {
        Instant now = self.now();
        String key = FAILED + HexFormat.of().toHexDigits(now.toEpochMilli()) + "/" + id;
        self.storage()
                .put(
                        StoredKey.of(key, FailedTask.class),
                        new FailedTask(id, row.task(), now, cause, Optional.of(row.payload())));
        Map<String, FailedTask> all = givenUp();
        all.keySet().stream()
                .limit(Math.max(0, all.size() - limits.maxFailed()))
                .forEach(self.storage()::delete);
        finish(id, row);
    }

    /** All of them by id. */
    Map<String, TaskRow> rows() {
        Map<String, TaskRow> all = new LinkedHashMap<>();
        self.storage()
                .list(Entries.under(ROWS), TaskRow.class)
                .forEach((key, row) -> all.put(key.substring(ROWS.length()), row));
        return all;
    }

    private static StoredKey<TaskRow> key(String id) {
        return StoredKey.of(ROWS + id, TaskRow.class);
    }
}
