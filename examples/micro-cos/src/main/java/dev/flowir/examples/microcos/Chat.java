package dev.flowir.examples.microcos;

import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.LogDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known of a chat. It follows from the log of its events; the oldest messages leave it, and
 * stay in the log and its archive.
 *
 * @param messages what was said, at most {@link #MAX_MESSAGES}
 * @param forgotten how many messages were before those
 * @param drafts answers that are being written
 * @param tasks what is to be done, at most {@link #MAX_TASKS}
 * @param plan the last plan of a day
 * @param summary the last summary
 * @param cards suggestions, at most {@link #MAX_CARDS}
 * @param tallies calls of tools and the model so far, by name and status
 */
public record Chat(
        List<Message> messages,
        long forgotten,
        List<Draft> drafts,
        List<Task> tasks,
        Optional<Plan> plan,
        Optional<String> summary,
        List<Card> cards,
        List<Tally> tallies) {

    /** Messages in the state: what a page shows, and what a model is told. */
    static final int MAX_MESSAGES = 100;

    /** Tasks in the state; done ones leave first. */
    static final int MAX_TASKS = 200;

    /** Cards in the state. */
    static final int MAX_CARDS = 20;

    /** Begins the message that stands for an answer that failed; its code follows. */
    static final String NO_ANSWER = "There is no answer: ";

    /** Who said something. */
    public enum Role {
        /** A person. */
        USER,
        /** The model. */
        ASSISTANT,
        /** The application. */
        SYSTEM
    }

    /**
     * Something that was said.
     *
     * @param id the event that it is
     * @param role who said it
     * @param text what
     * @param clientActionId what the client called it
     */
    public record Message(String id, Role role, String text, Optional<String> clientActionId) {}

    /**
     * An answer that is being written.
     *
     * @param operationId the work that writes it
     * @param attempt which attempt
     * @param text what is there
     */
    public record Draft(String operationId, int attempt, String text) {}

    /**
     * Something to be done.
     *
     * @param id the task
     * @param title what
     * @param done whether it is done
     */
    public record Task(String id, String title, boolean done) {}

    /**
     * The plan of a day.
     *
     * @param day the day
     * @param tasks first things first
     */
    public record Plan(String day, List<Task> tasks) {}

    /**
     * Something to choose from.
     *
     * @param id the card
     * @param title its title
     * @param options flights, best first; empty when none could be found
     * @param hotels where to sleep
     * @param note what else is to be said
     */
    public record Card(
            String id,
            String title,
            List<FlightOption> options,
            List<HotelOption> hotels,
            String note) {}

    /**
     * A flight, in our own words.
     *
     * @param id its number
     * @param from where it starts
     * @param to where it ends
     * @param departs when, as ISO text
     * @param cents its price
     * @param reason why it stands where it stands
     */
    public record FlightOption(
            String id, String from, String to, String departs, long cents, String reason) {}

    /**
     * A hotel, in our own words.
     *
     * @param id its id
     * @param name what it is called
     * @param city where it is
     * @param stars how many it has
     * @param cents price of a night
     */
    public record HotelOption(String id, String name, String city, int stars, long cents) {}

    /**
     * Calls that went one way.
     *
     * @param name what was called
     * @param status how it went
     * @param calls how many
     * @param millis how long they took together
     */
    public record Tally(String name, String status, long calls, long millis) {

        boolean isOf(Said.Called called) {
            return name.equals(called.name()) && status.equals(called.status());
        }

        Tally and(Said.Called called) {
            return new Tally(name, status, calls + 1, millis + called.latencyMillis());
        }
    }

    static final Chat EMPTY =
            new Chat(
                    List.of(),
                    0,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of());

    static final LogDefinition<Chat, Said> LOG =
            LogDefinition.of(Chat.class, EMPTY, Said.class, Chat::reduce);

    /** What becomes of a chat by an event. */
    static Chat reduce(Chat chat, Envelope<Said> event) {
        String id = event.eventId();
        String operation = event.operationId().orElse(id);
        return switch (event.payload()) {
            case Said.UserMessage(String text) ->
                    chat.with(new Message(id, Role.USER, text, event.clientActionId()));
            case Said.Piece piece -> chat.with(piece, operation);
            case Said.Interrupted(int attempt, String reason) ->
                    chat.without(draft ->
                            draft.operationId().equals(operation) && draft.attempt() <= attempt);
            case Said.AssistantMessage(String text) ->
                    chat.without(draft -> draft.operationId().equals(operation))
                            .with(new Message(id, Role.ASSISTANT, text, Optional.empty()));
            case Said.AssistantFailed(String reason) ->
                    chat.without(draft -> draft.operationId().equals(operation))
                            .with(
                                    new Message(
                                            id, Role.SYSTEM, NO_ANSWER + reason, Optional.empty()));
            case Said.TaskCreated(String title) -> chat.with(List.of(new Task(id, title, false)));
            case Said.TaskUpdated(String task, boolean done) -> chat.marked(task, done);
            case Said.TasksExtracted(List<String> titles) -> chat.extracted(id, titles);
            case Said.DailyPlan(String day, List<Task> tasks) ->
                    chat.with(Optional.of(new Plan(day, tasks)), chat.summary);
            case Said.Summary(String text) -> chat.with(chat.plan, Optional.of(text));
            case Said.SuggestionsPublished(Card card) -> chat.with(card);
            case Said.ExtractFailed failed -> chat;
            case Said.CalendarAdded added -> chat;
            case Said.TravelDetected detected -> chat;
            case Said.Called called -> chat.with(called);
            case Said.ReminderSet set -> chat;
            case Said.ReminderDue(String title) ->
                    chat.with(new Message(id, Role.SYSTEM, "Reminder: " + title, Optional.empty()));
        };
    }

    private Chat with(Message message) {
        List<Message> all = last(messages, message, MAX_MESSAGES);
        long left = messages.size() + 1L - all.size();
        return new Chat(all, forgotten + left, drafts, tasks, plan, summary, cards, tallies);
    }

    private Chat with(Said.Piece piece, String operation) {
        if (answer(operation).isPresent()) {
            // Of an attempt that was given up, and did not know yet.
            return this;
        }
        Optional<Draft> known =
                drafts.stream().filter(draft -> draft.operationId().equals(operation)).findFirst();
        if (known.isPresent() && known.get().attempt() > piece.attempt()) {
            return this;
        }
        String before =
                known.filter(draft -> draft.attempt() == piece.attempt())
                        .map(Draft::text)
                        .orElse("");
        Draft next = new Draft(operation, piece.attempt(), before + piece.text());
        Chat others = without(draft -> draft.operationId().equals(operation));
        return others.withDrafts(Stream.concat(others.drafts.stream(), Stream.of(next)).toList());
    }

    /** What an operation said in the end, if it has said it, and that is not forgotten. */
    Optional<Message> answer(String operation) {
        return messages.stream()
                .filter(message -> message.id().equals(answerId(operation)))
                .findFirst();
    }

    /** Id of the event that an operation ends with: its answer, or that there is none. */
    static String answerId(String operation) {
        return operation + ".answer";
    }

    private Chat without(Predicate<Draft> gone) {
        return withDrafts(drafts.stream().filter(gone.negate()).toList());
    }

    private Chat withDrafts(List<Draft> next) {
        return new Chat(messages, forgotten, next, tasks, plan, summary, cards, tallies);
    }

    private Chat extracted(String id, List<String> titles) {
        List<Task> found = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            found.add(new Task(id + "." + i, titles.get(i), false));
        }
        return with(found);
    }

    private Chat with(List<Task> more) {
        List<Task> all = new ArrayList<>(tasks);
        all.addAll(more);
        for (int i = 0; i < all.size() && all.size() > MAX_TASKS; ) {
            if (all.get(i).done()) {
                all.remove(i);
            } else {
                i++;
            }
        }
        int from = Math.max(0, all.size() - MAX_TASKS);
        return new Chat(
                messages,
                forgotten,
                drafts,
                List.copyOf(all.subList(from, all.size())),
                plan,
                summary,
                cards,
                tallies);
    }

    private Chat marked(String id, boolean done) {
        List<Task> all =
                tasks.stream()
                        .map(task -> task.id().equals(id) ? new Task(id, task.title(), done) : task)
                        .toList();
        return new Chat(messages, forgotten, drafts, all, plan, summary, cards, tallies);
    }

    private Chat with(Optional<Plan> newPlan, Optional<String> newSummary) {
        return new Chat(messages, forgotten, drafts, tasks, newPlan, newSummary, cards, tallies);
    }

    private Chat with(Card card) {
        List<Card> next = last(cards, card, MAX_CARDS);
        return new Chat(messages, forgotten, drafts, tasks, plan, summary, next, tallies);
    }

    private Chat with(Said.Called called) {
        List<Tally> next = new ArrayList<>(tallies);
        int at = 0;
        while (at < next.size() && !next.get(at).isOf(called)) {
            at++;
        }
        if (at == next.size()) {
            next.add(new Tally(called.name(), called.status(), 0, 0));
        }
        next.set(at, next.get(at).and(called));
        return new Chat(
                messages, forgotten, drafts, tasks, plan, summary, cards, List.copyOf(next));
    }

    private static <T> List<T> last(List<T> before, T more, int most) {
        int from = Math.max(0, before.size() + 1 - most);
        return Stream.concat(before.subList(from, before.size()).stream(), Stream.of(more))
                .toList();
    }
}
