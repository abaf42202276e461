package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.ProbeWorker.Asked;
import dev.flowir.wasm.ProbeWorker.Told;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Rules of the contract of objects that apply to Durable Objects of the platform, by their numbers.
 * The kit itself sends code to objects, which cannot leave the JVM; so {@link ProbeObject} has the
 * rules' code.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeObjectSuite {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Target target;
    private LocalWorker workerd;
    private IsolateCalls<Asked, Told> calls;
    private IsolateCalls<Asked, Told> names;
    private IsolateCalls<Asked, Told> looks;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeObjectSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(ProbeWorker.class, target));
        calls = at("/call");
        names = at("/names");
        looks = at("/look");
    }

    private IsolateCalls<Asked, Told> at(String path) {
        return new IsolateCalls<>(workerd.address().resolve(path), Asked.class, Told.class);
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    private static Asked asked(String object, String call, String input) {
        return new Asked(object, call, input, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Asked how(String object, String call, String how) {
        return new Asked(object, call, "1", Optional.of(how), Optional.empty(), Optional.empty());
    }

    /** The answer of a call, or its fault. */
    private String call(String object, String call, String input) {
        return shown(calls.made(asked(object, call, input)));
    }

    private static String shown(Told told) {
        return told.fault().isEmpty() ? told.answer() : told.fault();
    }

    private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> one : threads.invokeAll(works)) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    private List<String> twice(String object, String call, String input) throws Exception {
        return atOnce(
                        List.<Callable<String>>of(
                                () -> call(object, call, input), () -> call(object, call, input)))
                .stream()
                .sorted()
                .toList();
    }

    private void await(String object, String call, String wanted) {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        String seen = call(object, call, "");
        while (!seen.equals(wanted)) {
            assertTrue(System.nanoTime() < giveUp, seen);
            seen = call(object, call, "");
        }
    }

    @Test
    void do01_do106_callersOfOneNameMeetOneObjectInTheOrderTheySend() throws Exception {
        List<Callable<String>> works = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            works.add(() -> call("one", "increment", "1"));
        }
        List<Long> answers = atOnce(works).stream().map(Long::parseLong).sorted().toList();
        assertEquals(LongStream.rangeClosed(1, 100).boxed().toList(), answers);
        String sent = calls.made(how("one", "increment", "send")).answer();
        assertEquals(
                LongStream.rangeClosed(101, 150)
                        .boxed()
                        .map(String::valueOf)
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow(),
                sent);
    }

    @Test
    void do02_do03_do110_do111_namesIdsAndClassesAreFoundAndForeignOnesRefused() {
        String made = names.made(asked("unseen", "made", "")).fault();
        assertEquals("UNKNOWN_CLASS", made);
        String before = names.made(asked("unseen", "same", "")).answer();
        String after = names.made(asked("unseen", "same", "")).answer();
        assertEquals(before, after, "finding objects makes none");
        assertTrue(after.startsWith("true true false 64 "), after);
        String odd = "n/\u2603 \"'; --";
        assertEquals("1", shown(names.made(asked(odd, "byId", ""))));
        assertEquals("2", call(odd, "increment", "1"));
        for (String foreign : List.of("", "0".repeat(64), "g".repeat(64), "abc")) {
            assertEquals("FOREIGN_ID", names.made(asked("a", "parse", foreign)).fault());
        }
        assertEquals("BAD_NAME", call("", "increment", "1"));
        assertEquals("BAD_NAME", call("x".repeat(1025), "increment", "1"));
        assertEquals("1", call("x".repeat(1024), "increment", "1"));
        String id = names.made(asked("known", "byId", "")).answer();
        assertEquals("1", id);
        assertTrue(call("known", "whoAmI", "").endsWith(" known"));
    }

    @Test
    void do05_whereOnlyStorageIsWaitedForNobodyComesBetween() throws Exception {
        assertEquals(List.of("late", "passed"), twice("stored", "checkStored", ""));
    }

    @Test
    void do06_whileACallIsOutsideOthersRun() throws Exception {
        assertEquals(List.of("passed", "passed"), twice("outside", "checkOutside", "gate-06"));
    }

    @Test
    void do07_insideABlockNobodyComesBetween() throws Exception {
        assertEquals(List.of("late", "passed"), twice("blocking", "checkBlocking", "gate-07"));
    }

    @Test
    void do08_aBlockThatFailsGivesTheObjectUpAndThoseThatWaitAreTold() throws Exception {
        assertEquals("1", call("block", "remember", ""));
        List<String> answers =
                atOnce(
                        List.<Callable<String>>of(
                                () -> call("block", "failBlocking", "gate-08"),
                                () -> {
                                    await("gate-08", "counted", "1");
                                    Callable<String> waits = () -> call("block", "remember", "");
                                    return atOnce(
                                                    List.<Callable<String>>of(
                                                            waits,
                                                            () -> {
                                                                call("gate-08", "increment", "1");
                                                                return "";
                                                            }))
                                            .get(0);
                                }));
        assertEquals("CALL_FAILED", answers.get(0));
        // It waits when the block fails, or comes when there is another life.
        assertTrue(List.of("RESET", "1").contains(answers.get(1)), answers::toString);
        assertEquals("CALL_FAILED", call("block", "failAfterPut", "x"));
        assertEquals("1", call("block", "remember", ""));
    }

    @Test
    void do11_do14_whatFailsLeavesNothingAndTheInstanceIsMadeAnew() {
        assertEquals("1", call("fails", "remember", ""));
        assertEquals("2", call("fails", "remember", ""));
        Told failed = calls.made(asked("fails", "failAfterPut", "lost"));
        assertEquals("CALL_FAILED", failed.fault());
        assertEquals("[OBJ121] java.lang.IllegalStateException: on purpose", failed.why());
        assertEquals("1", call("fails", "remember", ""));
        assertEquals("1+3 | nothing of the work | 5 | none", call("fails", "nested", ""));
    }

    @Test
    void do16_do17_do18_statementsAndLimitsAreRefusedByName() {
        assertEquals("1 two21.02null [k, w] true", call("tables", "sql", ""));
        assertEquals(
                "SQL_NOT_ALLOWED SQL_NOT_ALLOWED SQL_LIMIT SQL_LIMIT SQL_LIMIT no fault: 1"
                        + " SQL_LIMIT SQL_LIMIT SQL_CONSTRAINT BAD_SQL NOT_STORABLE NOT_ONE_ROW"
                        + " 9.007199254740992E15",
                call("tables", "sqlFaults", ""));
    }

    @Test
    void do19_listsAreInTheOrderOfBytes() {
        assertEquals(
                "aaabzé\uFF5E\uD83D\uDE00 \uD83D\uDE00\uFF5E aaa aa zé\uFF5E\uD83D\uDE00",
                call("lists", "list", ""));
    }

    @Test
    void storageKeepsToItsBoundsAndItsTurn() {
        assertEquals(
                "ENTRY_TOO_LARGE no fault: 1999990 BAD_KEY NOT_READABLE BAD_LIMIT BAD_BOOKMARK NOT_HERE"
                        + " MISPLACED MISPLACED",
                call("bounds", "storageFaults", ""));
    }

    @Test
    void do20_do21_do24_oneAlarmRingsOnceAndNotBefore() {
        assertEquals("later", call("clock", "alarmIn", "3600000 once"));
        assertEquals("due", call("clock", "alarmIn", "-5000 once"));
        await("clock", "rings", "0none ");
        assertEquals("none", call("clock", "alarms", ""));
        assertEquals("0none ", call("clock", "rings", ""));
    }

    @Test
    void do22_anAlarmThatFailsRingsAgain() {
        call("retries", "alarmIn", "0 fails");
        await("retries", "rings", "1none ");
        assertEquals("none", call("retries", "alarms", ""));
    }

    @Test
    void do23_anAlarmThatChoseAnotherTakesThePlaceOfTheNextTry() {
        call("chooses", "alarmIn", "0 chooses");
        // What it wrote before it went outside is kept; what it wrote last is not.
        String id = call("chooses", "whoAmI", "").split(" ", 2)[0];
        await(id, "counted", "1");
        assertTrue(!call("chooses", "rings", "").contains("1"));
    }

    @Test
    void do27_deletingAllDeletesTablesAndTheAlarm() {
        assertEquals("later", call("clears", "alarmIn", "3600000 once"));
        call("clears", "sql", "");
        assertEquals("none0", call("clears", "deleteAll", ""));
        assertEquals("none", call("clears", "alarms", ""));
        assertEquals("1 two21.02null [k, w] true", call("clears", "sql", ""));
    }

    @Test
    void do34_do109_anObjectThatGivesItselfUpCanBeCalledAgain() {
        assertEquals("ABORTED", call("aborts", "abort", "lost"));
        assertEquals("1", call("aborts", "increment", "1"));
        Asked twice = asked("aborts", "abortTwice", "");
        assertEquals(
                "2",
                shown(
                        calls.made(
                                new Asked(
                                        twice.object(),
                                        twice.call(),
                                        "",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(2)))));
    }

    @Test
    void do103_aCallWhoseTimeIsOverLeavesNothing() throws Exception {
        Asked hog =
                new Asked(
                        "hogged",
                        "hog",
                        "gate-103",
                        Optional.empty(),
                        Optional.of(300),
                        Optional.empty());
        assertEquals("TIMED_OUT", shown(calls.made(hog)));
        Asked waits =
                new Asked(
                        "hogged",
                        "increment",
                        "1",
                        Optional.empty(),
                        Optional.of(300),
                        Optional.empty());
        assertEquals("TIMED_OUT", shown(calls.made(waits)));
        call("gate-103", "increment", "1");
        assertEquals("0", call("hogged", "counted", ""));
        assertEquals("1", call("hogged", "increment", "1"));
    }

    @Test
    void do105_aCallThatHasItsTurnDoesNotWaitForAnObject() {
        assertEquals("HOLDS_ANOTHER", call("holds", "holds", "other-105"));
        assertEquals("1written before", call("holds", "reach", "other-105"));
    }

    @Test
    void do107_whoOnlyReadsWritesNothing() {
        assertEquals("1", call("read", "increment", "1"));
        assertEquals("READ_ONLY", call("read", "putReading", "x"));
        assertEquals("READ_ONLY", call("read", "sqlReading", "CREATE TABLE sneaked (k)"));
        assertEquals("BAD_SQL", call("read", "sqlReading", "SELECT k FROM sneaked"));
        assertEquals("false 1", shown(looks.made(asked("read", "", ""))));
    }

    @Test
    void do108_aLateCallOfAnAttemptThatWasGivenUpDoesNotLeave() {
        assertEquals("STALE", shown(calls.made(how("stale", "increment", "stale"))));
        assertEquals("0", call("stale", "counted", ""));
    }

    @Test
    void codeIsNotSentAndCallsThatAreNotThereAreRefused() {
        assertEquals("NOT_HERE", shown(calls.made(how("code", "increment", "code"))));
        assertEquals("UNKNOWN_CALL", call("code", "nobody knows it", ""));
    }
}
