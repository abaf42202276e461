package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redrives that somebody asks for from outside: what is not understood moves nothing. */
class RedrivesTest {

    private final VirtualTime time = new VirtualTime();
    private Broker broker;
    private UnaryOperator<JsonValue> redrives;

    @BeforeEach
    void makeTwoDeadLetters() {
        broker = Broker.memory(time.options());
        redrives = Redrives.of(broker);
        broker.declare("dead", QueueSettings.defaults());
        broker.declare("tasks", QueueSettings.defaults().deadLetterQueue("dead").maxRetries(0));
        broker.consume(
                "worker",
                List.of("tasks"),
                batch ->
                        batch.messages()
                                .forEach(message ->
                                        message.retry(
                                                Retry.because(new IllegalStateException("bad")))));
        QueueSender sender = broker.sender("tasks", Scope.outside("test"));
        sender.send(Body.text("one"));
        sender.send(Body.text("two"));
        time.advance(Duration.ofSeconds(30));
        assertEquals(2, dead());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private long dead() {
        return broker.admin("dead").metrics().backlogCount();
    }

    private static JsonValue asked(String member, Optional<JsonValue> instead) {
        JsonValue.Obj question =
                (JsonValue.Obj) Redrives.question("dead", Redrive.of(MessageFilter.all()));
        Map<String, JsonValue> members = new LinkedHashMap<>(question.members());
        members.remove(member);
        instead.ifPresent(value -> members.put(member, value));
        return new JsonValue.Obj(members);
    }

    private void assertRefused(JsonValue question, String about) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> redrives.apply(question));
        assertTrue(String.valueOf(refused.getMessage()).contains(about), refused.getMessage());
        assertEquals(2, dead());
    }

    @Test
    void whatIsAskedIsWhatIsDoneAndAnswered() {
        Redrive asked = Redrive.of(MessageFilter.all()).perSecond(7);
        Redriven looked =
                Redrives.answer(redrives.apply(Redrives.question("dead", asked.dryRun())));
        assertEquals(2, looked.matched());
        assertEquals(0, looked.moved());
        assertEquals(2, dead());
        Redriven done = Redrives.answer(redrives.apply(Redrives.question("dead", asked)));
        assertEquals(2, done.moved());
        assertEquals(asked.token(), done.token());
        assertEquals(Optional.empty(), done.stopped());
        assertEquals(0, dead());
    }

    @Test
    void everyPartOfAFilterGoesThroughTheDoor() {
        MessageFilter nothing =
                new MessageFilter(
                        Set.of(), Optional.of("others"), Optional.of("bad"), Optional.empty());
        Redriven done =
                Redrives.answer(redrives.apply(Redrives.question("dead", Redrive.of(nothing))));
        assertEquals(0, done.matched());
        assertEquals(2, dead());
    }

    @Test
    void aQuestionThatMissesAMemberMovesNothing() {
        for (String member : List.of("queue", "token", "per_second", "dry_run", "ids")) {
            assertRefused(asked(member, Optional.empty()), "'" + member + "'");
        }
    }

    @Test
    void aQuestionWithAnotherKindOfValueMovesNothing() {
        for (String member :
                List.of(
                        "queue",
                        "token",
                        "per_second",
                        "dry_run",
                        "ids",
                        "from",
                        "error",
                        "stack")) {
            assertRefused(asked(member, Optional.of(JsonValue.nil())), "'" + member + "'");
        }
        assertRefused(asked("dry_run", Optional.of(JsonValue.text("true"))), "'dry_run'");
        JsonValue numbers = new JsonValue.Arr(List.of(JsonValue.number(1)));
        assertRefused(asked("ids", Optional.of(numbers)), "'ids'");
        assertRefused(JsonValue.text("all"), "no object");
    }

    @Test
    void aNumberThatIsNoRateMovesNothing() {
        for (String number : List.of("1.5", "99999999999", "1e2")) {
            JsonValue value = new JsonValue.Num(number);
            assertRefused(asked("per_second", Optional.of(value)), "'per_second'");
        }
    }

    @Test
    void whatTheBrokerRefusesIsRefusedByItsCode() {
        JsonValue question = Redrives.question("nowhere", Redrive.of(MessageFilter.all()));
        JsonValue answer = redrives.apply(question);
        QueueException refused = assertThrows(QueueException.class, () -> Redrives.answer(answer));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("[QUEUE10104]"));
        assertEquals(2, dead());
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        Map<String, JsonValue> unknown = new LinkedHashMap<>();
        unknown.put("fault", JsonValue.text("WEATHER"));
        assertThrows(
                IllegalArgumentException.class, () -> Redrives.answer(new JsonValue.Obj(unknown)));
        assertThrows(IllegalArgumentException.class, () -> Redrives.answer(JsonValue.nil()));
    }
}
