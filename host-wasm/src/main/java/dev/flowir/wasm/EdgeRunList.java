package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.IsoInstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of a worker's durable runs, as the one object that has its name: a row for each, as the
 * run has told it. No word takes the place of a later one.
 */
final class EdgeRunList {

    /** No run and no address has it. */
    static final String NAME = "@list";

    /** A run is, from a time on, in a state: id, flow, generation, state, made and told when. */
    static final String TELL = "tell";

    /** Asks for a page: how many, before which time and id, of which flows, in which states. */
    static final String PAGE = "page";

    static final String RUNNING = "RUNNING";
    static final String PAUSED = "PAUSED";

    /** State of a run that is to leave the list. */
    static final String FORGOTTEN = "FORGOTTEN";

    /** Made where they are not there. */
    static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, flow TEXT NOT NULL,"
                            + " generation INTEGER NOT NULL, state TEXT NOT NULL,"
                            + " created INTEGER NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS by_time ON runs (flow, state, created, id)");

    static final String TOLD =
            "INSERT INTO runs (id, flow, generation, state, created, updated)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    + " flow = excluded.flow, generation = excluded.generation,"
                    + " state = excluded.state, created = excluded.created,"
                    + " updated = excluded.updated WHERE excluded.updated > updated";

    static final String LEFT = "DELETE FROM runs WHERE id = ? AND updated < ?";

    /** Of one flow in one state, so that as many are read as are asked for. */
    static final String BEFORE =
            "SELECT id, generation, created, updated FROM runs WHERE flow = ? AND state = ?"
                    + " AND (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?";

    private final Platform platform;
    private final JsObject js;
    private final EdgeLedger ledger;
    private final EdgeTurns line;
    private boolean made;

    EdgeRunList(Platform platform, JsObject js) {
        this.platform = platform;
        this.js = js;
        this.ledger = new EdgeLedger(js);
        this.line = new EdgeTurns(platform);
    }

    static boolean is(JsObject object) {
        return object.name().equals(NAME);
    }

    void take(JsObject.Event event) {
        platform.spawn(() -> {
            try {
                event.done(answer(event));
            } catch (RuntimeException | Error bug) {
                platform.log("the list of runs failed: " + bug);
                event.failed("", String.valueOf(bug));
            }
        });
    }

    private String answer(JsObject.Event event) {
        List<String> parts = EdgeParts.split(event.input());
        boolean whole = false;
        line.take();
        try {
            ledger.begin();
            try {
                make();
                String answer = event.call().equals(TELL) ? told(parts) : page(parts);
                whole = true;
                return answer;
            } finally {
                made &= whole;
                ledger.end(whole);
            }
        } finally {
            line.give();
        }
    }

    private void make() {
        if (!made) {
            for (String statement : SCHEMA) {
                run(statement);
            }
            made = true;
        }
    }

    private String told(List<String> parts) {
        String state = parts.get(3);
        long updated = Long.parseLong(parts.get(5));
        if (state.equals(FORGOTTEN)) {
            run(LEFT, parts.get(0), updated);
        } else {
            long generation = Long.parseLong(parts.get(2));
            long created = Long.parseLong(parts.get(4));
            run(TOLD, parts.get(0), parts.get(1), generation, state, created, updated);
        }
        return "";
    }

    /** A run as a page shows it. */
    private record Row(String id, long created, String json) {

        boolean isNewerThan(Row other) {
            return created == other.created ? id.compareTo(other.id) > 0 : created > other.created;
        }
    }

    private String page(List<String> parts) {
        int limit = Integer.parseInt(parts.get(0));
        List<Row> found = new ArrayList<>();
        for (String flow : EdgeParts.split(parts.get(3))) {
            for (String state : EdgeParts.split(parts.get(4))) {
                long before = Long.parseLong(parts.get(1));
                // one more tells that there is another page
                JsTables rows = run(BEFORE, flow, state, before, parts.get(2), limit + 1L);
                for (int row = 0; row < rows.rows(0); row++) {
                    found.add(row(rows, row, flow, state));
                }
            }
        }
        found.sort((one, two) -> one.isNewerThan(two) ? -1 : 1); // no two are the same
        int shown = Math.min(limit, found.size());
        StringBuilder json = new StringBuilder("{\"runs\":[");
        for (int i = 0; i < shown; i++) {
            json.append(i == 0 ? "" : ",").append(found.get(i).json());
        }
        json.append(']');
        if (found.size() > limit) {
            Row last = found.get(limit - 1);
            json.append(",\"cursor\":").append(quoted(last.created() + "-" + last.id()));
        }
        return json.append('}').toString();
    }

    /** With the names that the state of one run has. */
    private static Row row(JsTables rows, int row, String flow, String state) {
        String id = rows.text(0, row, 0);
        long generation = whole(rows, row, 1);
        long created = whole(rows, row, 2);
        String json =
                "{\"run\":"
                        + quoted(id)
                        + ",\"flow\":"
                        + quoted(flow)
                        + (generation == 1 ? "" : ",\"generation\":" + generation)
                        + ",\"state\":"
                        + quoted(state)
                        + ",\"created\":"
                        + time(created)
                        + ",\"updated\":"
                        + time(whole(rows, row, 3))
                        + "}";
        return new Row(id, created, json);
    }

    private static String time(long millis) {
        return quoted(IsoInstant.text(Instant.ofEpochMilli(millis)));
    }

    private static long whole(JsTables rows, int row, int column) {
        return (long) rows.number(0, row, column);
    }

    private static String quoted(String text) {
        return EdgeReply.text(JsonValue.text(text));
    }

    private JsTables run(String sql, Object... values) {
        JsObject.Statement statement = js.statement(sql);
        for (Object value : values) {
            EdgeTables.bind(statement, value);
        }
        List<JsTables> answered = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        statement.run(answered::add, refused::add);
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused.get(0));
        }
        return answered.get(0);
    }
}
