package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.object.Cell;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.StoredKey;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session for each user, whose flow halts until an operator has decided. */
class SessionsTest {

    private static final String SPACE = "sessions";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    enum Decision {
        ALLOWED,
        REFUSED
    }

    /** What a user wants. */
    record Wish(String user, String what) {}

    /** What was decided about it. */
    record Decided(Wish wish, Decision decision) {}

    /** What is kept of a session. */
    record Said(List<String> lines) {}

    /** What one user and the flow said to each other. */
    private static final class Session {
        private static final StoredKey<Said> SAID = StoredKey.of("said", Said.class);

        private final Cell<Said> said;

        Session(ObjectContext self) {
            said = self.cell(SAID, new Said(List.of()));
        }

        String say(String line) {
            List<String> lines = new ArrayList<>(said.get().lines());
            lines.add(line);
            said.set(new Said(List.copyOf(lines)));
            return String.join(", ", lines);
        }
    }

    private static final ObjectClass<Session> SESSIONS = ObjectClass.of("session", Session::new);

    private static final Node<Wish, Wish> OPEN =
            Node.effect(
                    "open",
                    Wish.class,
                    Wish.class,
                    DurableObjects.writer(SPACE),
                    (objects, wish, context) -> {
                        objects.of(SESSIONS)
                                .named(wish.user())
                                .call(session -> session.say("wants " + wish.what()));
                        return wish;
                    });

    private static final Node<Decided, String> GO_ON =
            Node.effect(
                    "go-on",
                    Decided.class,
                    String.class,
                    DurableObjects.writer(SPACE),
                    (objects, decided, context) ->
                            objects.of(SESSIONS)
                                    .named(decided.wish().user())
                                    .call(session -> session.say(inWords(decided))));

    private static String inWords(Decided decided) {
        return decided.wish().what() + " is " + decided.decision();
    }

    private static final Flow<Wish, String> SERVE =
            Flow.define(
                    "serve",
                    "1.0.0",
                    Wish.class,
                    (g, in) -> {
                        var wish = g.then(in, OPEN);
                        var decision =
                                g.then(
                                        wish,
                                        Waits.approval(
                                                "operator",
                                                Wish.class,
                                                Decision.class,
                                                Duration.ofDays(1)));
                        return g.then(
                                g.join("decided", wish, decision, Decided.class, Decided::new),
                                GO_ON);
                    });

    @TempDir private Path folder;

    /** One process: a store, its objects and its runs. */
    private record Running(Store store, ObjectSpace space, DurableRuntime runs)
            implements AutoCloseable {

        static Running open(Path file) {
            Store store = Store.open(file, StoreOptions.defaults());
            ObjectSpace space =
                    ObjectSpace.sqlite(SPACE, store, ObjectOptions.defaults(), List.of(SESSIONS));
            DurableRuntime runs =
                    DurableRuntime.on(store)
                            .capabilities(Capabilities.of(space))
                            .flows(SERVE)
                            .open();
            return new Running(store, space, runs);
        }

        void settle() throws InterruptedException {
            assertTrue(runs.awaitIdle(PATIENCE));
        }

        RunState state(String run) {
            return runs.find(run).orElseThrow().state();
        }

        String output(String run) {
            return runs.find(run).orElseThrow().output().orElseThrow();
        }

        @Override
        public void close() {
            runs.close();
            space.close();
            store.close();
        }
    }

    @Test
    void eachUsersSessionHaltsAndGoesOnWhenItsOperatorHasDecided() throws Exception {
        Path file = folder.resolve("sessions.db");
        try (Running first = Running.open(file)) {
            first.runs().start(SERVE, "of-ann", new Wish("ann", "a refund"));
            first.runs().start(SERVE, "of-bob", new Wish("bob", "a rebate"));
            first.settle();
            assertEquals(RunState.WAITING, first.state("of-ann"));
            assertEquals("operator", first.runs().inspect("of-ann").waiting().getFirst().node());
        }
        try (Running second = Running.open(file)) {
            second.runs().answer("of-ann", "operator", Decision.ALLOWED, "olga");
            second.settle();
            assertEquals("\"wants a refund, a refund is ALLOWED\"", second.output("of-ann"));
            assertEquals(RunState.WAITING, second.state("of-bob"), "nobody decided about it");
            second.runs().start(SERVE, "of-ann-again", new Wish("ann", "a cake"));
            second.settle();
            second.runs().answer("of-ann-again", "operator", Decision.REFUSED, "olga");
            second.runs().answer("of-bob", "operator", Decision.REFUSED, "otto");
            second.settle();
            assertEquals(
                    "\"wants a refund, a refund is ALLOWED, wants a cake, a cake is REFUSED\"",
                    second.output("of-ann-again"));
            assertEquals("\"wants a rebate, a rebate is REFUSED\"", second.output("of-bob"));
            assertEquals(
                    "'operator' answered by otto",
                    second.runs().history("of-bob").stream()
                            .map(event -> event.what())
                            .filter(what -> what.contains("answered"))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
