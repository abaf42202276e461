package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.Card;
import dev.flowir.examples.microcos.Chat.Task;
import java.util.List;

/** What happens in a chat: the payloads of its log. Times and ids are in the envelope. */
public sealed interface Said {

    /**
     * Somebody said something ({@code user.message}).
     *
     * @param text what
     */
    record UserMessage(String text) implements Said {}

    /**
     * A piece of an answer ({@code llm.token}); its operation is in the envelope.
     *
     * @param attempt the attempt that it is of; pieces of earlier ones are void
     * @param sequence 0, 1, 2 within the attempt
     * @param text some characters
     */
    record Piece(int attempt, long sequence, String text) implements Said {}

    /**
     * An attempt broke off, its pieces are void ({@code llm.interrupted}).
     *
     * @param attempt which
     * @param reason stable code of what happened
     */
    record Interrupted(int attempt, String reason) implements Said {}

    /**
     * The answer is whole ({@code assistant.message}).
     *
     * @param text all of it
     */
    record AssistantMessage(String text) implements Said {}

    /**
     * There will be no answer ({@code assistant.failed}).
     *
     * @param reason stable code of what happened
     */
    record AssistantFailed(String reason) implements Said {}

    /**
     * A task is there ({@code task.created}).
     *
     * @param title what is to be done
     */
    record TaskCreated(String title) implements Said {}

    /**
     * A task changed ({@code task.updated}).
     *
     * @param taskId which
     * @param done whether it is done
     */
    record TaskUpdated(String taskId, boolean done) implements Said {}

    /**
     * Tasks were found in what was said ({@code task.extracted}).
     *
     * @param titles what is to be done
     */
    record TasksExtracted(List<String> titles) implements Said {}

    /**
     * The model named no tasks in a form that can be read ({@code task.extract_failed}).
     *
     * @param reason stable code of what happened
     */
    record ExtractFailed(String reason) implements Said {}

    /**
     * The plan of a day ({@code workflow.daily_plan}).
     *
     * @param day the day, as in {@code 2026-11-21}
     * @param tasks what is to be done, first things first
     */
    record DailyPlan(String day, List<Task> tasks) implements Said {}

    /**
     * What was said, in short ({@code workflow.summary}).
     *
     * @param text the summary
     */
    record Summary(String text) implements Said {}

    /**
     * A date was put in the calendar ({@code calendar.added}).
     *
     * @param title its title
     * @param date its day
     */
    record CalendarAdded(String title, String date) implements Said {}

    /**
     * A date looks like travel ({@code travel.event_detected}).
     *
     * @param destination where to
     * @param date when
     * @param confidence how sure, 0 to 100
     */
    record TravelDetected(String destination, String date, int confidence) implements Said {}

    /**
     * A tool or the model was called ({@code tool.done}, {@code tool.failed}, {@code llm.done},
     * {@code llm.failed}).
     *
     * @param name which tool, or what the model was asked to do
     * @param callId the call: key of the work and number of the attempt
     * @param latencyMillis how long it took
     * @param status {@code ok}, or why not: {@code timeout}, {@code rate_limited}, {@code
     *     not_found}, {@code circuit_open} or {@code unavailable} of a tool, a code of the model
     */
    record Called(String name, String callId, long latencyMillis, String status) implements Said {}

    /**
     * Somebody wants to be reminded ({@code reminder.set}); a run waits for it.
     *
     * @param title of what
     * @param day when
     */
    record ReminderSet(String title, String day) implements Said {}

    /**
     * The day has come ({@code reminder.due}).
     *
     * @param title of what
     */
    record ReminderDue(String title) implements Said {}

    /**
     * Something to choose from ({@code suggestions.published}).
     *
     * @param card what the page shows
     */
    record SuggestionsPublished(Card card) implements Said {}
}
