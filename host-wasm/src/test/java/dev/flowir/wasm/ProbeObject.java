package dev.flowir.wasm;

import dev.flowir.object.AlarmRing;
import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectRows;
import dev.flowir.object.StoredKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An object whose calls do what rules of the contract of objects are about. */
final class ProbeObject implements ProbeWorker.Seen {

    static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);
    static final StoredKey<String> A = StoredKey.of("a", String.class);
    static final StoredKey<String> B = StoredKey.of("b", String.class);
    private static final StoredKey<String> RINGS = StoredKey.of("rings", String.class);
    private static final StoredKey<String> MODE = StoredKey.of("mode", String.class);

    static final ObjectCall<ProbeObject, String, String> INCREMENT =
            ObjectCall.of(
                    "increment",
                    String.class,
                    String.class,
                    (it, more) -> Long.toString(it.increment(Long.parseLong(more))));

    static final ObjectCall<ProbeObject, String, String> COUNTED =
            ObjectCall.reading(
                    "counted",
                    String.class,
                    String.class,
                    (it, none) -> Long.toString(it.count.get()));

    static final List<ObjectCall<ProbeObject, String, String>> CALLS =
            List.of(
                    INCREMENT,
                    COUNTED,
                    call("remember", ProbeObject::remember),
                    call("failAfterPut", ProbeObject::failAfterPut),
                    call("checkOutside", ProbeObject::checkOutside),
                    call("checkBlocking", ProbeObject::checkBlocking),
                    call("checkStored", ProbeObject::checkStored),
                    call("failBlocking", ProbeObject::failBlocking),
                    call("nested", ProbeObject::nested),
                    call("list", ProbeObject::list),
                    call("sql", ProbeObject::sql),
                    call("sqlFaults", ProbeObject::sqlFaults),
                    call("storageFaults", ProbeObject::storageFaults),
                    call("alarmIn", ProbeObject::alarmIn),
                    call("alarms", ProbeObject::alarms),
                    call("deleteAll", ProbeObject::deleteAll),
                    call("abort", ProbeObject::abort),
                    call("abortTwice", ProbeObject::abortTwice),
                    call("holds", ProbeObject::holds),
                    call("reach", ProbeObject::reach),
                    call("waitFor", ProbeObject::waitFor),
                    call("hog", ProbeObject::hog),
                    call("whoAmI", ProbeObject::whoAmI),
                    ObjectCall.reading(
                            "putReading",
                            String.class,
                            String.class,
                            (it, text) -> it.put(A, text)),
                    ObjectCall.reading(
                            "sqlReading",
                            String.class,
                            String.class,
                            (it, text) -> it.self.storage().sql().exec(text).columns().toString()),
                    ObjectCall.reading(
                            "rings", String.class, String.class, (it, none) -> it.rings.get()));

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    static final ObjectClass<ProbeObject> CLASS =
            ObjectClass.of("probe", ProbeObject::new)
                    .alarm(ProbeObject::rung)
                    .keeps(COUNT, A)
                    .calls(CALLS.toArray(new ObjectCall[0]));

    /** How many were made in this isolate. */
    private static int made;

    private final ObjectContext self;
    private final Cell<Long> count;
    private final Cell<String> rings;
    private boolean passed;
    private int memory;

    ProbeObject(ObjectContext self) {
        made++;
        this.self = self;
        this.count = self.cell(COUNT, 0L);
        this.rings = self.cell(RINGS, "");
    }

    static int made() {
        return made;
    }

    private static ObjectCall<ProbeObject, String, String> call(
            String name, ObjectCall.Body<ProbeObject, String, String> body) {
        return ObjectCall.of(name, String.class, String.class, body);
    }

    @Override
    public long count() {
        return count.get();
    }

    private long increment(long more) {
        return count.update(it -> it + more);
    }

    private String put(StoredKey<String> key, String text) {
        self.storage().put(key, text);
        return text;
    }

    private String get(StoredKey<String> key) {
        return self.storage().get(key).orElse("nothing");
    }

    private ObjectRef<ProbeObject> other(String name) {
        return ProbeWorker.objects().of(CLASS).named(name);
    }

    private String remember(String none) {
        return Integer.toString(++memory);
    }

    private String failAfterPut(String text) {
        put(A, text);
        memory = 99;
        throw new IllegalStateException("on purpose");
    }

    /** Checks what is in memory, waits for something else, and then takes it. */
    private String checkOutside(String gate) {
        boolean free = !passed;
        self.outside(() -> meet(gate));
        passed = true;
        return free ? "passed" : "late";
    }

    private String meet(String gate) {
        other(gate).call(INCREMENT, "1");
        while (Long.parseLong(other(gate).ask(COUNTED, "")) < 2) {
            pause();
        }
        return gate;
    }

    /** Calls in one process, one after the other, would leave workerd no time for its timers. */
    private static void pause() {
        JsIsolate platform = new JsIsolate(Isolate.platform());
        Platform.Parking pause = platform.parking();
        platform.schedule(5_000_000, pause::unpark);
        pause.park();
    }

    private String checkBlocking(String gate) {
        return self.blocking(() -> {
            boolean free = !passed;
            self.outside(() -> other(gate).call(INCREMENT, "1"));
            passed = true;
            return free ? "passed" : "late";
        });
    }

    private String checkStored(String none) {
        boolean free = self.storage().get(A).isEmpty();
        for (int i = 0; i < 100; i++) {
            put(B, Integer.toString(i));
        }
        put(A, "taken");
        return free ? "passed" : "late";
    }

    private String failBlocking(String gate) {
        return self.blocking(() -> {
            self.outside(() -> meet(gate));
            throw new IllegalStateException("in a block");
        });
    }

    private String nested(String none) {
        put(A, "1");
        self.storage().sql().exec("CREATE TABLE n (v)");
        try {
            self.storage()
                    .transaction(() -> {
                        put(A, "2");
                        put(B, "2");
                        self.storage().sql().exec("INSERT INTO n VALUES (1)");
                        self.setAlarm(self.now().plusSeconds(60));
                        throw new IllegalStateException("of the work");
                    });
        } catch (IllegalStateException same) {
            put(B, get(B) + " " + same.getMessage());
        }
        self.storage()
                .transaction(() -> {
                    self.storage().sql().exec("INSERT INTO n VALUES (2), (3)");
                    return put(A, get(A) + "+3");
                });
        long sum = self.storage().sql().exec("SELECT sum(v) FROM n").one(row -> row.getLong(1));
        return get(A) + " | " + get(B) + " | " + sum + " | " + alarms("");
    }

    private String list(String none) {
        for (String key : List.of("b", "a", "é", "\uD83D\uDE00", "\uFF5E", "aa", "z")) {
            self.storage().put(StoredKey.of("k" + key, String.class), key);
        }
        Entries under = Entries.under("k");
        return String.join(
                " ",
                shown(under),
                shown(under.descending().limitedTo(2)),
                shown(under.from("ka").before("kb")),
                shown(under.after("ka").limitedTo(1)),
                shown(under.from("kz").after("ka")));
    }

    private String shown(Entries entries) {
        return String.join("", self.storage().list(entries, String.class).values());
    }

    private String sql(String none) {
        var sql = self.storage().sql();
        sql.exec("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT, b BLOB); CREATE TABLE u (k)");
        ObjectRows inserted =
                sql.exec(
                        "INSERT INTO t VALUES (1, 'one', NULL); INSERT INTO t VALUES (?, ?, ?)",
                        2,
                        "two",
                        new byte[] {0, -1});
        String row =
                sql.exec("SELECT v, k, k / 2.0, b, NULL AS x FROM t WHERE k = ?", 2L)
                        .one(it ->
                                it.getString(1)
                                        + it.getLong(2)
                                        + it.getDouble(3)
                                        + it.getBytes(4).length
                                        + it.getObject(5));
        List<String> columns = sql.exec("SELECT k, v AS w FROM t").columns();
        return inserted.written() + " " + row + " " + columns + " " + (sql.databaseBytes() > 0);
    }

    private interface Work {
        Object run();
    }

    private static String fault(Work work) {
        try {
            return "no fault: " + work.run();
        } catch (ObjectException refused) {
            return refused.fault().name();
        }
    }

    private String sqlFaults(String none) {
        var sql = self.storage().sql();
        Object[] more = Collections.nCopies(101, "x").toArray();
        String marks = String.join(",", Collections.nCopies(101, "?"));
        StringBuilder wide = new StringBuilder("c");
        for (int i = 1; i < 101; i++) {
            wide.append(", c").append(i);
        }
        sql.exec("CREATE TABLE f (k PRIMARY KEY)");
        sql.exec("INSERT INTO f VALUES (1)");
        List<String> faults = new ArrayList<>();
        faults.add(fault(() -> sql.exec("BEGIN")));
        faults.add(fault(() -> sql.exec("ATTACH 'x' AS y")));
        faults.add(fault(() -> sql.exec("SELECT " + marks, more)));
        faults.add(fault(() -> sql.exec("SELECT '" + "x".repeat(100_000) + "'")));
        faults.add(fault(() -> sql.exec("SELECT 'x' LIKE '" + "x".repeat(51) + "'")));
        faults.add(fault(() -> sql.exec("SELECT ?", "x".repeat(2_200_000)).columns().size()));
        faults.add(
                fault(() ->
                        sql.exec(
                                "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT"
                                        + " 5 UNION SELECT 6")));
        faults.add(fault(() -> sql.exec("CREATE TABLE w (" + wide + ")")));
        faults.add(fault(() -> sql.exec("INSERT INTO f VALUES (1)")));
        faults.add(fault(() -> sql.exec("SELECT nothing FROM nowhere")));
        faults.add(fault(() -> sql.exec("SELECT ?", 9007199254740993L)));
        faults.add(fault(() -> sql.exec("SELECT k FROM f WHERE k = 9").one(row -> 1)));
        faults.add("" + sql.exec("SELECT 9007199254740993").one(row -> row.getObject(1)));
        return String.join(" ", faults);
    }

    private String storageFaults(String none) {
        List<String> faults = new ArrayList<>();
        faults.add(fault(() -> put(A, "x".repeat(2_000_000))));
        faults.add(fault(() -> put(A, "x".repeat(1_999_990)).length()));
        faults.add(fault(() -> put(StoredKey.of("\uD83D", String.class), "x")));
        put(A, "text");
        faults.add(fault(() -> self.storage().get(StoredKey.of("a", Long.class))));
        faults.add(
                fault(() -> self.storage().list(Entries.all().limitedTo(100_001), String.class)));
        faults.add(fault(() -> self.storage().bookmark()));
        faults.add(
                fault(() -> {
                    self.inCommit(() -> {});
                    return 0;
                }));
        faults.add(fault(() -> self.storage().transaction(() -> self.outside(() -> 1))));
        faults.add(fault(() -> self.outside(() -> get(A))));
        return String.join(" ", faults);
    }

    private String alarmIn(String millisAndMode) {
        int space = millisAndMode.indexOf(' ');
        put(MODE, millisAndMode.substring(space + 1));
        long millis = Long.parseLong(millisAndMode.substring(0, space));
        self.setAlarm(self.now().plus(Duration.ofMillis(millis)));
        return alarms("");
    }

    private String alarms(String none) {
        Optional<java.time.Instant> at = self.alarm();
        return at.isEmpty() ? "none" : at.get().isAfter(self.now()) ? "later" : "due";
    }

    private void rung(AlarmRing ring) {
        rings.set(rings.get() + ring.retryCount() + alarms("") + " ");
        switch (get(MODE)) {
            case "fails" -> {
                if (ring.retryCount() == 0) {
                    // What is written is undone; that it rang is told by the next one's number.
                    throw new IllegalStateException("the first time");
                }
            }
            case "chooses" -> {
                if (count.get() == 0) {
                    self.storage().put(MODE, "never kept");
                    self.setAlarm(self.now());
                    self.outside(() -> other(self.id().toString()).call(INCREMENT, "1"));
                    throw new IllegalStateException("but chose another");
                }
            }
            default -> {}
        }
    }

    private String deleteAll(String none) {
        self.storage().deleteAll();
        return alarms("") + self.storage().list(Entries.all(), String.class).size();
    }

    private String abort(String text) {
        put(A, text);
        throw self.abort("enough");
    }

    private static int aborts;

    private String abortTwice(String none) {
        if (aborts++ < 2) {
            throw self.abort("not yet");
        }
        return Long.toString(increment(1));
    }

    private String holds(String name) {
        return fault(() -> other(name).call(INCREMENT, "1"));
    }

    private String reach(String name) {
        put(A, "written before");
        return self.outside(() -> other(name).call(INCREMENT, "1")) + get(A);
    }

    private String waitFor(String gate) {
        return self.outside(() -> meet(gate));
    }

    /** Keeps the turn until the gate has been opened. */
    private String hog(String gate) {
        put(A, "hogged");
        return self.blocking(() -> self.outside(() -> meet(gate)));
    }

    private String whoAmI(String none) {
        return self.id() + " " + self.id().name().orElse("");
    }
}
