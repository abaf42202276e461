package dev.flowir.queue;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Redrives that another process asks for, as JSON: an application answers them with {@link #of},
 * whoever asks writes a {@link #question} and reads the {@link #answer}. Neither says how it gets
 * to the other.
 */
public final class Redrives {

    /** What questions of this kind are called where an application takes several. */
    public static final String TOPIC = "redrive";

    private Redrives() {}

    /**
     * Answers questions by doing what they ask.
     *
     * @param broker has the queues
     * @return gives an answer to a question, also when the broker refuses it; throws {@link
     *     IllegalArgumentException} for what is no question
     */
    public static UnaryOperator<JsonValue> of(Broker broker) {
        return question -> {
            Map<String, JsonValue> asked = members(question);
            try {
                return written(broker.admin(text(asked, "queue")).redrive(read(asked)));
            } catch (QueueException refused) {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                members.put("fault", JsonValue.text(refused.fault().name()));
                members.put("detail", JsonValue.text(refused.detail()));
                return new JsonValue.Obj(members);
            }
        };
    }

    /**
     * Writes a question.
     *
     * @param queue the dead-letter queue
     * @param redrive what is asked of it
     * @return the question
     */
    public static JsonValue question(String queue, Redrive redrive) {
        MessageFilter filter = redrive.filter();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("queue", JsonValue.text(queue));
        members.put("token", JsonValue.text(redrive.token()));
        members.put("per_second", JsonValue.number(redrive.perSecond()));
        members.put("dry_run", JsonValue.bool(redrive.mode() == Redrive.Mode.DRY_RUN));
        members.put("ids", texts(filter.ids().stream().sorted()));
        filter.sourceQueue().ifPresent(it -> members.put("from", JsonValue.text(it)));
        filter.errorContains().ifPresent(it -> members.put("error", JsonValue.text(it)));
        filter.stackDigest().ifPresent(it -> members.put("stack", JsonValue.text(it)));
        return new JsonValue.Obj(members);
    }

    /**
     * Reads an answer.
     *
     * @param answer as {@link #of} gave it
     * @return what came of the redrive
     * @throws QueueException what the application's broker refused it with
     * @throws IllegalArgumentException when it is no answer
     */
    public static Redriven answer(JsonValue answer) {
        Map<String, JsonValue> told = members(answer);
        if (told.containsKey("fault")) {
            String name = text(told, "fault");
            QueueFault fault =
                    Stream.of(QueueFault.values())
                            .filter(known -> known.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> malformed("no fault is '" + name + "'"));
            throw new QueueException(fault, text(told, "detail"));
        }
        return new Redriven(
                text(told, "token"),
                number(told, "matched"),
                number(told, "moved"),
                items(told, "ids"),
                maybe(told, "stopped"));
    }

    private static Redrive read(Map<String, JsonValue> asked) {
        MessageFilter filter =
                new MessageFilter(
                        Set.copyOf(items(asked, "ids")),
                        maybe(asked, "from"),
                        maybe(asked, "error"),
                        maybe(asked, "stack"));
        return new Redrive(
                filter,
                number(asked, "per_second"),
                isTrue(asked, "dry_run") ? Redrive.Mode.DRY_RUN : Redrive.Mode.MOVE,
                text(asked, "token"));
    }

    private static JsonValue written(Redriven done) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("token", JsonValue.text(done.token()));
        members.put("matched", JsonValue.number(done.matched()));
        members.put("moved", JsonValue.number(done.moved()));
        members.put("ids", texts(done.ids().stream()));
        done.stopped().ifPresent(why -> members.put("stopped", JsonValue.text(why)));
        return new JsonValue.Obj(members);
    }

    private static JsonValue texts(Stream<String> all) {
        return new JsonValue.Arr(all.map(JsonValue::text).toList());
    }

    private static Map<String, JsonValue> members(JsonValue value) {
        if (value instanceof JsonValue.Obj object) {
            return object.members();
        }
        throw malformed("it is no object");
    }

    private static Optional<String> maybe(Map<String, JsonValue> members, String name) {
        JsonValue value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonValue.Text text) {
            return Optional.of(text.value());
        }
        throw malformed("'" + name + "' is no text"); // left out it would mean more letters
    }

    private static boolean isTrue(Map<String, JsonValue> members, String name) {
        JsonValue value = members.get(name);
        if (JsonValue.bool(true).equals(value)) {
            return true;
        }
        if (JsonValue.bool(false).equals(value)) {
            return false;
        }
        throw malformed("'" + name + "' is neither true nor false");
    }

    private static String text(Map<String, JsonValue> members, String name) {
        return maybe(members, name).orElseThrow(() -> malformed("there is no text '" + name + "'"));
    }

    private static int number(Map<String, JsonValue> members, String name) {
        if (members.get(name) instanceof JsonValue.Num number) {
            try {
                return Integer.parseInt(number.text());
            } catch (NumberFormatException e) {
                throw malformed(
                        "'" + name + "' is no whole number that is small enough: " + number.text());
            }
        }
        throw malformed("there is no number '" + name + "'");
    }

    private static List<String> items(Map<String, JsonValue> members, String name) {
        if (members.get(name) instanceof JsonValue.Arr all) {
            return all.items().stream()
                    .map(item -> {
                        if (item instanceof JsonValue.Text text) {
                            return text.value();
                        }
                        throw malformed("'" + name + "' has more than texts");
                    })
                    .toList();
        }
        throw malformed("there is no list '" + name + "'");
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException(
                "this is not asked and answered about redrives: " + why);
    }
}
