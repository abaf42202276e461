package dev.flowir.examples.microcos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What comes in by HTTP, and what is wrong with it. */
final class Inputs {

    /** Characters of a message: what a small model reads at once, and then some. */
    static final int MAX_TEXT = 8000;

    /** Characters of a title. */
    static final int MAX_TITLE = 200;

    /** Characters of a user's name, as an object's name may have. */
    static final int MAX_NAME = 128;

    /** Characters of an id: a run is named after it, and what follows from it is longer. */
    static final int MAX_ID = 64;

    /** What can be wanted of a chat without saying anything, and the types of that. */
    private static final SortedMap<String, String> KINDS =
            new TreeMap<>(
                    Map.of(
                            "daily", "workflow.daily_plan",
                            "summary", "workflow.generate_summary",
                            "tasks", "task.extract"));

    private Inputs() {}

    /** Ids that every request may bring. */
    interface Ids {

        /** Whose chat it is. */
        String user();

        /** What the client calls its action. */
        Optional<String> clientActionId();

        /** The request. */
        Optional<String> requestId();

        /** The event, when it is sent again. */
        Optional<String> eventId();
    }

    /** A message. */
    record PostMessage(
            String user,
            Optional<String> text,
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId)
            implements Ids {}

    /** A new task. */
    record PostTask(
            String user,
            Optional<String> title,
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId)
            implements Ids {}

    /** A changed task. */
    record PatchTask(
            String user,
            String taskId,
            Optional<Boolean> done,
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId)
            implements Ids {}

    /** A plan or a summary is wanted. */
    record PostPlan(
            String user,
            Optional<String> kind,
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId)
            implements Ids {}

    /** A date for the calendar. */
    record PostDate(
            String user,
            Optional<String> title,
            Optional<String> date,
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId)
            implements Ids {}

    /** A look at a chat. */
    record Look(String user) {}

    /** A question for everything that belongs to an id. */
    record Track(String user, String id) {}

    /** What a request becomes. */
    sealed interface Action {}

    /**
     * Something to be done.
     *
     * @param user whose chat it is
     * @param type type of the event
     * @param said its payload; a plan that is only asked for has none
     * @param ids ids that the request brought
     */
    record Valid(String user, String type, Optional<Said> said, GivenIds ids) implements Action {}

    /** Ids that a request brought. */
    record GivenIds(
            Optional<String> clientActionId,
            Optional<String> requestId,
            Optional<String> eventId) {}

    /**
     * Answer to what is not valid; nothing was done.
     *
     * @param error a word for it
     * @param fields each field that is wrong, and what is wrong with it
     */
    record Rejected(String error, Map<String, String> fields) implements Action, Answer {}

    /** What a request is answered with. */
    sealed interface Answer permits Accepted, Rejected {}

    /**
     * It is in the log, and what follows from it has begun.
     *
     * @param eventId the event
     * @param version its place in the log
     * @param clientActionId what the client called it
     * @param requestId the request
     * @param operationId the work that it began
     */
    record Accepted(
            String eventId,
            long version,
            Optional<String> clientActionId,
            String requestId,
            String operationId)
            implements Answer {}

    static Action check(PostMessage in) {
        Fields fields = new Fields(in);
        String text = fields.text("text", in.text(), MAX_TEXT);
        return fields.answer("user.message", new Said.UserMessage(text));
    }

    static Action check(PostTask in) {
        Fields fields = new Fields(in);
        String title = fields.text("title", in.title(), MAX_TITLE);
        return fields.answer("task.created", new Said.TaskCreated(title));
    }

    static Action check(PatchTask in) {
        Fields fields = new Fields(in);
        fields.task(in.taskId());
        if (in.done().isEmpty()) {
            fields.wrong("done", "is missing; true or false");
        }
        return fields.answer(
                "task.updated", new Said.TaskUpdated(in.taskId(), in.done().orElse(false)));
    }

    static Action check(PostPlan in) {
        Fields fields = new Fields(in);
        String type = KINDS.getOrDefault(in.kind().orElse(""), "");
        if (type.isEmpty()) {
            fields.wrong("kind", "is one of " + KINDS.keySet());
        }
        return fields.answer(type, Optional.empty());
    }

    static Action check(PostDate in) {
        Fields fields = new Fields(in);
        String title = fields.text("title", in.title(), MAX_TITLE);
        String date = in.date().orElse("");
        if (Days.millis(date).isEmpty()) {
            fields.wrong("date", "is a day such as 2026-12-24");
        }
        return fields.answer("calendar.added", new Said.CalendarAdded(title, date));
    }

    /** Gathers what is wrong. */
    private static final class Fields {

        private final Map<String, String> wrong = new LinkedHashMap<>();
        private final Ids in;

        Fields(Ids in) {
            this.in = in;
            word("user", in.user(), "_.:-", MAX_NAME);
            in.clientActionId().ifPresent(id -> id("clientActionId", id));
            in.requestId().ifPresent(id -> id("requestId", id));
            in.eventId().ifPresent(id -> id("eventId", id));
        }

        void wrong(String field, String what) {
            wrong.put(field, what);
        }

        /** A task is named by an event, or by its place in one. */
        void task(String id) {
            word("taskId", id, "_.-", MAX_NAME);
        }

        void id(String field, String text) {
            word(field, text, "_-", MAX_ID);
        }

        /** Without patterns, which an isolate would have to carry the machinery of. */
        private void word(String field, String text, String marks, int most) {
            boolean fits = !text.isEmpty() && text.length() <= most && text.charAt(0) != '-';
            for (int i = 0; i < text.length() && fits; i++) {
                fits = isLetterOrDigit(text.charAt(i)) || marks.indexOf(text.charAt(i)) >= 0;
            }
            if (!fits) {
                wrong(
                        field,
                        "has 1 to "
                                + most
                                + " characters of A-Za-z0-9"
                                + marks
                                + ", the first no '-'");
            }
        }

        private static boolean isLetterOrDigit(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }

        /** A text without control characters but for line breaks, and without space around. */
        String text(String field, Optional<String> given, int most) {
            StringBuilder kept = new StringBuilder();
            for (char c : given.orElse("").strip().toCharArray()) {
                if ((c >= ' ' && c != '\u007f') || c == '\n') {
                    kept.append(c);
                }
            }
            String text = kept.toString();
            if (text.isEmpty() || text.length() > most) {
                wrong(field, "has 1 to " + most + " characters");
            }
            return text;
        }

        Action answer(String type, Said said) {
            return answer(type, Optional.of(said));
        }

        Action answer(String type, Optional<Said> said) {
            if (!wrong.isEmpty()) {
                return new Rejected("not valid", wrong);
            }
            GivenIds ids = new GivenIds(in.clientActionId(), in.requestId(), in.eventId());
            return new Valid(in.user(), type, said, ids);
        }
    }
}
