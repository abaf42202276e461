package dev.flowir.object.agent;

import dev.flowir.object.ObjectContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The runs of an agent: rows among its schedules, due when they are to be looked at. */
final class RunTable implements Runs {

    private static final String ROWS = "run/";
    private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_ID_LENGTH + "}");

    private final ObjectContext self;
    private final Declared<?, ?> declared;
    private final Tasks tasks;

    RunTable(ObjectContext self, Declared<?, ?> declared, Tasks tasks) {
        this.self = self;
        this.declared = declared;
        this.tasks = tasks;
    }

    @Override
    public <I> String start(AgentRun<I, ?> run, I input) {
        String id = UUID.randomUUID().toString();
        start(run, id, input);
        return id;
    }

    @Override
    public <I> boolean start(AgentRun<I, ?> run, String id, I input) {
        if (!declared.tasks().containsKey(RunErrand.nameOf(run))) {
            throw new AgentException(
                    AgentFault.UNKNOWN_TASK,
                    "there is no run '"
                            + run.name()
                            + "'; declare it with AgentClass.run, as these: "
                            + names());
        }
        if (!IDS.matcher(id).matches()) {
            throw new AgentException(
                    AgentFault.BAD_SCHEDULE,
                    "the id of a run has 1 to "
                            + MAX_ID_LENGTH
                            + " letters, digits, _ and -; this one has "
                            + id.length()
                            + " characters, or others");
        }
        if (tasks.row(ROWS + id).isPresent()) {
            return false;
        }
        long now = self.now().toEpochMilli();
        String asked = RunErrand.Asked.of(Json.text(run.input(), input), now).text();
        tasks.add(ROWS + id, TaskRow.once(RunErrand.nameOf(run), asked, now));
        return true;
    }

    private List<String> names() {
        return declared.tasks().keySet().stream()
                .filter(name -> name.startsWith(RunErrand.NAMES))
                .map(name -> name.substring(RunErrand.NAMES.length()))
                .toList();
    }

    @Override
    public List<Started> list() {
        List<Started> all = new ArrayList<>();
        tasks.rows()
                .forEach((id, row) -> {
                    if (row.task().startsWith(RunErrand.NAMES)) {
                        RunErrand.Asked asked = RunErrand.Asked.read(row.payload());
                        all.add(
                                new Started(
                                        id.substring(ROWS.length()),
                                        row.task().substring(RunErrand.NAMES.length()),
                                        Instant.ofEpochMilli(asked.sinceMillis()),
                                        asked.trouble()));
                    }
                });
        return all;
    }

    @Override
    public boolean look(String id) {
        Optional<TaskRow> row = tasks.row(ROWS + id);
        row.ifPresent(it -> {
            long now = self.now().toEpochMilli();
            tasks.put(ROWS + id, it.movedTo(Math.min(now, it.atMillis()), it.payload()));
            tasks.ringAt(now);
        });
        return row.isPresent();
    }

    @Override
    public boolean forget(String id) {
        return tasks.cancel(ROWS + id);
    }

    /** The id of a run, of that of its schedule. */
    static String idOf(String schedule) {
        return schedule.substring(ROWS.length());
    }
}
