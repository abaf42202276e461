package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other processes may ask of a runtime, and what they are told. */
class AdminDoorTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    enum Verdict {
        YES,
        NO
    }

    private static final Flow<Integer, Integer> ASKING =
            Flow.define(
                    "asking",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.signal(
                                            "ask",
                                            Integer.class,
                                            Integer.class,
                                            "answer",
                                            Duration.ofDays(1))));

    private static final Flow<Integer, Verdict> JUDGED =
            Flow.define(
                    "judged",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.approval(
                                            "judge",
                                            Integer.class,
                                            Verdict.class,
                                            Duration.ofDays(1))));

    @TempDir Path folder;
    private Path file;
    private Store store;
    private DurableRuntime runs;

    @BeforeEach
    void open() {
        file = folder.resolve("app.db");
        store = Store.open(file, StoreOptions.defaults());
        runs = DurableRuntime.on(store).flows(ASKING, JUDGED).admin().open();
    }

    @AfterEach
    void close() {
        runs.close();
        store.close();
    }

    private RunState ask(RunRequest request) throws InterruptedException {
        return switch (SteeredRuns.in(file).ask(request, LIMIT)) {
            case Steered.Done done -> done.state();
            case Steered.Kept kept -> throw new AssertionError("kept, though someone is there");
        };
    }

    private JournalException refused(RunRequest request) {
        return assertThrows(JournalException.class, () -> ask(request));
    }

    private RunRequest signal(String run, JsonValue payload) {
        return new RunRequest.Signal(run, "answer", Optional.empty(), payload);
    }

    @Test
    void aRunIsSteeredThroughTheDoor() throws Exception {
        DurableRun<Integer> run = runs.start(ASKING, "one", 1);
        assertTrue(runs.awaitIdle(LIMIT));
        assertEquals(RunState.PAUSED, ask(new RunRequest.Pause("one")));
        assertEquals(RunState.WAITING, ask(new RunRequest.Resume("one")));
        assertEquals(RunState.COMPLETED, ask(signal("one", JsonValue.number(7))));
        assertEquals(Optional.of("7"), run.view().output());
        assertEquals(RunState.WAITING, ask(new RunRequest.Restart("one")));
        assertEquals(2, run.view().generation());
        assertEquals(RunState.TERMINATED, ask(new RunRequest.Terminate("one", "enough")));
        runs.start(JUDGED, "two", 1);
        assertEquals(RunState.COMPLETED, ask(new RunRequest.Answer("two", "judge", "YES", "ann")));
        assertEquals(RunState.WAITING, ask(new RunRequest.RestartFrom("two", "judge")));
    }

    @Test
    void whatCannotBeDoneIsRefusedAsInTheApplication() {
        runs.start(ASKING, "one", 1);
        assertEquals(JournalFault.NOT_FOUND, refused(new RunRequest.Pause("nobody")).fault());
        JournalException wrong = refused(signal("one", JsonValue.text("seven")));
        assertEquals(JournalFault.INVALID, wrong.fault());
        assertTrue(wrong.detail().contains("node 'ask' waits for signal 'answer'"), wrong.detail());
        assertEquals(
                JournalFault.INVALID,
                refused(new RunRequest.Answer("one", "ask", "YES", "ann")).fault());
        assertEquals(
                JournalFault.WRONG_STATE,
                refused(new RunRequest.RestartFrom("one", "ask")).fault());
        runs.terminate("one", "enough");
        assertEquals(JournalFault.WRONG_STATE, refused(new RunRequest.Pause("one")).fault());
    }

    @Test
    void nobodyButTheOwnerGetsIn() throws IOException {
        Path admin = folder.resolve("app.db-admin");
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(admin)));
        assertTrue(Files.exists(admin.resolve("address")));
        runs.close();
        assertFalse(Files.exists(admin.resolve("address")));
        assertFalse(Files.exists(admin.resolve("door")));
    }

    @Test
    void anApplicationWithoutADoorIsNamed() {
        runs.close();
        runs = DurableRuntime.on(store).flows(ASKING).open();
        runs.start(ASKING, "one", 1);
        JournalException refused = refused(new RunRequest.Pause("one"));
        assertEquals(JournalFault.NO_DOOR, refused.fault());
        assertTrue(refused.detail().contains("pid " + ProcessHandle.current().pid()));
    }

    @Test
    void aDoorBehindWhichNobodyIsIsNoAnswer() throws IOException {
        Path address = folder.resolve("app.db-admin").resolve("address");
        Files.writeString(address, folder.resolve("gone").toString());
        assertEquals(JournalFault.NO_ANSWER, refused(new RunRequest.Pause("one")).fault());
    }

    @Test
    void anApplicationThatDoesNotAnswerInTimeIsLeft() throws Exception {
        Path mute = folder.resolve("mute");
        try (var silent =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(mute));
            Files.writeString(folder.resolve("app.db-admin").resolve("address"), mute.toString());
            JournalException refused =
                    assertThrows(
                            JournalException.class,
                            () ->
                                    SteeredRuns.in(file)
                                            .ask(
                                                    new RunRequest.Pause("one"),
                                                    Duration.ofMillis(50)));
            assertEquals(JournalFault.NO_ANSWER, refused.fault());
            assertTrue(refused.detail().contains("it may still do it"), refused.detail());
        }
    }

    private JsonValue askAbout(String topic, JsonValue question) throws InterruptedException {
        return SteeredRuns.in(file).ask(topic, question, LIMIT);
    }

    private JournalFault refusedAbout(String topic, JsonValue question) {
        return assertThrows(JournalException.class, () -> askAbout(topic, question)).fault();
    }

    @Test
    void aQuestionToWhoeverTakesNoneNamesTheFileAndItsProcess() {
        runs.close();
        JournalException nobody =
                assertThrows(JournalException.class, () -> askAbout("weather", JsonValue.nil()));
        assertEquals(JournalFault.NO_DOOR, nobody.fault());
        String process = "pid " + ProcessHandle.current().pid();
        assertTrue(nobody.detail().contains(file.getFileName().toString()), nobody.detail());
        assertTrue(nobody.detail().contains(process), nobody.detail());
        store.close();
        nobody = assertThrows(JournalException.class, () -> askAbout("weather", JsonValue.nil()));
        assertTrue(nobody.detail().contains("is open nowhere"), nobody.detail());
    }

    @Test
    void whatTheApplicationAnswersForBesideItsRunsIsAskedThere() throws Exception {
        assertEquals(JournalFault.NO_DOOR, refusedAbout("weather", JsonValue.nil()));
        runs.close();
        assertEquals(JournalFault.NO_DOOR, refusedAbout("weather", JsonValue.nil()));
        JsonValue refusal = JsonValue.text("none of that");
        runs =
                DurableRuntime.on(store)
                        .flows(ASKING)
                        .admin(
                                "weather",
                                question -> {
                                    if (question.equals(refusal)) {
                                        throw new IllegalArgumentException("no weather there");
                                    }
                                    return new JsonValue.Arr(
                                            List.of(question, JsonValue.text("x")));
                                })
                        .open();
        JsonValue here = JsonValue.text("here");
        assertEquals(
                new JsonValue.Arr(List.of(here, JsonValue.text("x"))), askAbout("weather", here));
        assertEquals(JournalFault.NO_DOOR, refusedAbout("climate", here));
        assertEquals(JournalFault.WRONG_STATE, refusedAbout("weather", refusal));
        runs.start(ASKING, "one", 1);
        assertEquals(RunState.PAUSED, ask(new RunRequest.Pause("one")));
    }

    private Path socket() throws IOException {
        return Path.of(Files.readString(folder.resolve("app.db-admin").resolve("address")));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private JournalException said(String line) throws IOException {
        try (SocketChannel channel = connect()) {
            Lines.write(channel, line);
            String answer = Lines.read(channel, 1 << 20).orElseThrow();
            return assertThrows(JournalException.class, () -> RequestText.answer(answer));
        }
    }

    @Test
    void whatIsNoRequestIsRefusedAndTheDoorStaysOpen() throws Exception {
        for (String line :
                List.of(
                        "",
                        "pause one",
                        "[]",
                        "{}",
                        "{\"ask\":\"pause\"}",
                        "{\"ask\":\"fly\",\"run\":\"one\"}",
                        "{\"ask\":\"about\",\"topic\":\"weather\"}",
                        "{\"ask\":\"signal\",\"run\":\"one\",\"name\":\"answer\"}")) {
            assertEquals(JournalFault.INVALID, said(line).fault(), line);
        }
        runs.start(ASKING, "one", 1);
        assertEquals(RunState.PAUSED, ask(new RunRequest.Pause("one")));
    }

    @Test
    void aRequestHasABound() throws Exception {
        runs.close();
        DurableLimits small = DurableLimits.defaults().withMaxBytes(1000, 1000);
        runs = DurableRuntime.on(store).flows(ASKING).limits(small).admin().open();
        int most = 1000 + (1 << 16);
        assertEquals(JournalFault.INVALID, said("x".repeat(most - 1)).fault());
        assertEquals(JournalFault.TOO_LARGE, said("x".repeat(most + 1)).fault());
    }

    @Test
    void callersHaveABound() throws Exception {
        runs.start(ASKING, "one", 1);
        List<SocketChannel> idle = new ArrayList<>();
        try {
            for (int i = 0; i < AdminDoor.MAX_CALLERS; i++) {
                idle.add(connect());
            }
            JournalException busy = null;
            while (busy == null) { // a caller has its place once its thread has begun
                busy = busyOrNull();
            }
            assertEquals(JournalFault.FULL, busy.fault());
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
        Optional<RunState> later = Optional.empty();
        while (later.isEmpty()) {
            try {
                later = Optional.of(ask(new RunRequest.Pause("one")));
            } catch (JournalException e) {
                assertEquals(JournalFault.FULL, e.fault());
            }
        }
        assertEquals(Optional.of(RunState.PAUSED), later);
    }

    private JournalException busyOrNull() throws InterruptedException {
        try {
            ask(new RunRequest.Resume("one"));
            return null;
        } catch (JournalException e) {
            return e;
        }
    }

    @Test
    void aLongNameHasItsSocketElsewhere() throws Exception {
        close();
        Path deep = folder.resolve("d".repeat(60)).resolve("e".repeat(60)).resolve("app.db");
        try (Store far = Store.open(deep, StoreOptions.defaults());
                DurableRuntime there = DurableRuntime.on(far).flows(ASKING).admin().open()) {
            there.start(ASKING, "one", 1);
            assertEquals(
                    new Steered.Done(RunState.PAUSED),
                    SteeredRuns.in(deep).ask(new RunRequest.Pause("one"), LIMIT));
        }
        open();
    }

    @Test
    void aStoreInMemoryHasNoDoor() {
        try (Store memory = Store.inMemory(StoreOptions.defaults())) {
            DurableBuilder builder = DurableRuntime.on(memory);
            assertThrows(IllegalStateException.class, builder::admin);
        }
    }

    // ---- while nobody has the store

    private void keep(RunRequest request) throws InterruptedException {
        assertEquals(new Steered.Kept(), SteeredRuns.in(file).ask(request, LIMIT));
    }

    @Test
    void whatIsAskedOfNobodyIsDoneAtTheNextStartInItsOrder() throws Exception {
        runs.start(ASKING, "one", 1);
        runs.start(ASKING, "two", 1);
        close();
        keep(new RunRequest.Pause("one"));
        keep(signal("one", JsonValue.number(7)));
        keep(new RunRequest.Terminate("two", "enough"));
        try (Store looked = Store.openReadOnly(file, StoreOptions.defaults())) {
            assertEquals(
                    List.of(
                            "{\"ask\":\"pause\",\"run\":\"one\"}",
                            "{\"ask\":\"signal\",\"run\":\"one\",\"name\":\"answer\",\"payload\":7}"),
                    StoredRuns.in(looked).asked("one"));
        }
        open();
        assertEquals(RunState.PAUSED, runs.find("one").orElseThrow().state());
        assertEquals(RunState.TERMINATED, runs.find("two").orElseThrow().state());
        assertEquals(RunState.COMPLETED, ask(new RunRequest.Resume("one")));
        assertEquals(Optional.of("7"), runs.find("one").orElseThrow().output());
        close();
        open();
        assertEquals(RunState.COMPLETED, runs.find("one").orElseThrow().state());
    }

    @Test
    void whatCannotBeKeptIsRefusedAtOnceAndWhatCannotBeDoneLater() throws Exception {
        runs.start(ASKING, "one", 1);
        runs.start(ASKING, "over", 1);
        runs.terminate("over", "enough");
        close();
        assertEquals(JournalFault.NOT_FOUND, refused(new RunRequest.Pause("nobody")).fault());
        assertEquals(JournalFault.WRONG_STATE, refused(new RunRequest.Pause("over")).fault());
        keep(new RunRequest.Restart("over"));
        keep(signal("one", JsonValue.text("seven")));
        open();
        assertEquals(RunState.WAITING, runs.find("over").orElseThrow().state());
        List<String> asked = StoredRuns.in(store).asked("one");
        assertEquals(1, asked.size());
        assertTrue(asked.get(0).contains("was refused: [DUR306] node 'ask'"), asked.get(0));
    }

    @Test
    void keptRequestsHaveABound() throws Exception {
        runs.start(ASKING, "one", 1);
        runs.close();
        store.execute(tx -> {
            for (int i = 1; i < KeptRequests.MAX_KEPT; i++) {
                KeptRequests.add(tx, 1, 0, new RunRequest.Resume("one"));
            }
        });
        store.close();
        keep(new RunRequest.Pause("one"));
        assertEquals(JournalFault.FULL, refused(new RunRequest.Pause("one")).fault());
        open();
        assertEquals(RunState.PAUSED, runs.find("one").orElseThrow().state());
    }
}
