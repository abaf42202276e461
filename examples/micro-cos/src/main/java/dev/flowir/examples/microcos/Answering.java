package dev.flowir.examples.microcos;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.model.Message;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.Models;
import dev.flowir.http.model.Structured;
import dev.flowir.http.model.TextAnswer;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextStream;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectReply;
import dev.flowir.object.ObjectWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The work of the model, outside of the chat: a durable run asks, and what comes is told to the
 * chat as events. The chat holds nothing meanwhile, and sleeps when nothing comes.
 */
final class Answering {

    static final ReadToken<TextModel> MODEL = Models.text("llm");

    /** Attempts after the first. */
    static final int RETRIES = 3;

    /** Pieces that are on their way into the log; the service waits for the oldest of more. */
    private static final int UNDER_WAY = 64;

    /** Reminders that one text may have. */
    private static final int MAX_REMINDERS = 10;

    /** Messages that the model is told. */
    private static final int TOLD = 20;

    private static final String INSTRUCTION =
            "You are the chief of staff of one person. Answer in a few sentences.";
    private static final String EXTRACT =
            "List what the person wants to be done, and what they want to be reminded of on which"
                    + " day, as {\"titles\":[\"…\"],"
                    + "\"reminders\":[{\"title\":\"…\",\"day\":\"2026-12-24\"}]}."
                    + " Nothing: empty lists.";

    /** Code of a model that twice gave what is not of the form it was asked for. */
    static final String NO_STRUCTURE = "MODEL404";

    private static final Codec<Found> FOUND = JsonCodecs.strict().of(Type.of(Found.class));

    private final Chats chats;
    private final Calls calls;
    private final Reminding reminding;

    Answering(Chats chats, Reminding reminding) {
        this.chats = chats;
        this.calls = new Calls(chats);
        this.reminding = reminding;
    }

    /** Stores that somebody wants to be reminded, and begins to wait for the day with it. */
    @FunctionalInterface
    interface Remind {

        /**
         * Called for each reminder that is found.
         *
         * @param reminder what is waited for
         * @param day its day
         */
        void of(Planning.Reminder reminder, String day) throws CodecException;
    }

    /**
     * Work that may find reminders.
     *
     * @param <I> what it is given
     */
    interface Finding<I> {
        Done of(TextModel model, ObjectWriter objects, Remind remind, I in, NodeContext context)
                throws CodecException;
    }

    /** Makes nodes of such work, with what it takes here to wait for a day. */
    interface Reminding {
        <I> Node<I, Done> node(String name, Class<I> input, Finding<I> work);
    }

    /** Where the event, and the run that waits, are one transaction of the chat's object. */
    interface Remembering {
        void of(ObjectWriter objects, Planning.Reminder reminder, String day);
    }

    /** Nodes that remind by the objects alone. */
    record ByObjects(Remembering remembering) implements Reminding {

        @Override
        public <I> Node<I, Done> node(String name, Class<I> input, Finding<I> work) {
            return Node.effect(
                    name,
                    input,
                    Done.class,
                    MODEL,
                    Chats.TELL,
                    (model, objects, in, context) ->
                            work.of(
                                    model,
                                    objects,
                                    (wanted, day) -> remembering.of(objects, wanted, day),
                                    in,
                                    context));
        }
    }

    /** What a model finds in a text. */
    record Found(List<String> titles, Optional<List<Day>> reminders) {}

    /** A reminder that a model finds. */
    record Day(String title, String day) {}

    /** A question, and what became of it. */
    record Question(Work work, String text) {}

    /** An answer, or a code that says why there is none. */
    record Answered(Work work, String question, String text, String failure) {}

    /** How it ended. */
    record Done(Work work, String outcome) {}

    /** {@code user.message}: answer it, and look for tasks in it. */
    Flow<Question, Done> answer() {
        Node<Question, Answered> answer =
                Node.effect("answer", Question.class, Answered.class, MODEL, Chats.TELL, this::ask)
                        .with(retry(RETRIES, Backoff.exponential(Duration.ofMillis(200))));
        Node<Answered, Done> extract =
                reminding
                        .node("extract", Answered.class, this::extract)
                        .with(retry(1, Duration.ofMillis(200)));
        return Flow.define(
                "answer",
                ChatFlows.VERSION,
                Question.class,
                (g, in) -> g.then(g.then(in, answer), extract));
    }

    /** {@code task.extract}: look for tasks in what was said so far. */
    Flow<Work, Done> tasks() {
        Node<Work, Done> tasks =
                reminding
                        .node("tasks", Work.class, this::extractAll)
                        .with(retry(1, Duration.ofMillis(200)));
        return Flow.define("tasks", ChatFlows.VERSION, Work.class, (g, in) -> g.then(in, tasks));
    }

    /** {@code workflow.generate_summary}: what was said, in short. */
    Flow<Work, Done> summary() {
        Node<Work, Done> summary =
                Node.effect("summary", Work.class, Done.class, MODEL, Chats.TELL, this::summarize)
                        .with(retry(RETRIES, Backoff.exponential(Duration.ofMillis(200))));
        return Flow.define(
                "summary", ChatFlows.VERSION, Work.class, (g, in) -> g.then(in, summary));
    }

    private Answered ask(TextModel model, ObjectWriter objects, Question in, NodeContext context)
            throws InterruptedException {
        Work work = in.work();
        String operation = work.operationId();
        Optional<Chat.Message> known = chats.state(objects, work.user()).answer(operation);
        if (known.isPresent()) {
            // An attempt before said it, and its process ended before that was recorded.
            return answered(in, known.get());
        }
        Calls.Call call = calls.begin(Calls.Kind.LLM, "model.answer", objects, work, context);
        try (TextStream stream = model.stream(conversation(objects, work))) {
            Queue<ObjectReply<Chats.Put>> told = new ArrayDeque<>();
            long[] sequence = {0};
            TextAnswer answer =
                    stream.drain(piece -> {
                        Said.Piece said =
                                new Said.Piece(context.attempt(), sequence[0]++, piece.text());
                        String id = operation + "." + said.attempt() + "." + said.sequence();
                        told.add(chats.send(objects, work, "llm.token", id, said));
                        if (told.size() > UNDER_WAY) {
                            told.remove().await();
                        }
                    });
            // not by forEach: all of its callers would be code that waits, for an isolate
            for (ObjectReply<Chats.Put> reply : told) {
                reply.await();
            }
            call.over(Calls.OK);
            chats.append(
                    objects,
                    work,
                    "assistant.message",
                    Chat.answerId(operation),
                    new Said.AssistantMessage(answer.text()));
            return new Answered(work, in.text(), answer.text(), "");
        } catch (ModelException failed) {
            String code = failed.fault().code();
            call.over(code);
            if (failed.isRetriable() && context.attempt() <= RETRIES) {
                chats.append(
                        objects,
                        work,
                        "llm.interrupted",
                        operation + ".interrupted." + context.attempt(),
                        new Said.Interrupted(context.attempt(), code));
                throw failed;
            }
            chats.append(
                    objects,
                    work,
                    "assistant.failed",
                    Chat.answerId(operation),
                    new Said.AssistantFailed(code));
            return new Answered(work, in.text(), "", code);
        }
    }

    private static Answered answered(Question in, Chat.Message known) {
        return known.role() == Chat.Role.ASSISTANT
                ? new Answered(in.work(), in.text(), known.text(), "")
                : new Answered(
                        in.work(), in.text(), "", known.text().substring(Chat.NO_ANSWER.length()));
    }

    private TextRequest conversation(ObjectWriter objects, Work work) {
        Chat chat = chats.state(objects, work.user());
        List<Chat.Message> said = chat.messages();
        List<Message> told = new ArrayList<>();
        for (Chat.Message message : said.subList(Math.max(0, said.size() - TOLD), said.size())) {
            switch (message.role()) {
                case USER -> told.add(new Message.Question(message.text()));
                case ASSISTANT -> told.add(new Message.Reply(message.text(), List.of()));
                case SYSTEM -> {}
            }
        }
        return TextRequest.of(told).instructed(INSTRUCTION);
    }

    private Done extract(
            TextModel model, ObjectWriter objects, Remind remind, Answered in, NodeContext context)
            throws CodecException {
        return in.failure().isEmpty()
                ? extract(model, objects, remind, in.work(), in.question(), context)
                : new Done(in.work(), "failed " + in.failure());
    }

    private Done extractAll(
            TextModel model, ObjectWriter objects, Remind remind, Work work, NodeContext context)
            throws CodecException {
        List<String> said =
                chats.state(objects, work.user()).messages().stream()
                        .filter(message -> message.role() == Chat.Role.USER)
                        .map(Chat.Message::text)
                        .toList();
        String text = String.join("\n", said.subList(Math.max(0, said.size() - TOLD), said.size()));
        return extract(model, objects, remind, work, text, context);
    }

    private Done extract(
            TextModel model,
            ObjectWriter objects,
            Remind remind,
            Work work,
            String text,
            NodeContext context)
            throws CodecException {
        String id = work.operationId() + ".tasks";
        Calls.Call call = calls.begin(Calls.Kind.LLM, "model.extract", objects, work, context);
        try {
            TextRequest request = TextRequest.of(text).instructed(EXTRACT).json();
            Structured<Found> found = model.ask(request, FOUND).orRepaired(model);
            if (found instanceof Structured.Value<Found>(Found tasks, TextAnswer answer)) {
                call.over(Calls.OK);
                remind(remind, work, tasks.reminders().orElse(List.of()));
                if (tasks.titles().isEmpty()) {
                    return new Done(work, "answered");
                }
                chats.append(
                        objects,
                        work,
                        "task.extracted",
                        id,
                        new Said.TasksExtracted(tasks.titles()));
                return new Done(work, "answered, with tasks");
            }
            call.over(NO_STRUCTURE);
            return withoutTasks(objects, work, id, NO_STRUCTURE);
        } catch (ModelException failed) {
            call.over(failed.fault().code());
            if (failed.isRetriable() && context.attempt() == 1) {
                throw failed;
            }
            return withoutTasks(objects, work, id, failed.fault().code());
        }
    }

    /**
     * Each reminder is an event, and a run that waits begins with it. A day that is none is not.
     */
    private static void remind(Remind remind, Work work, List<Day> days) throws CodecException {
        for (int i = 0; i < Math.min(days.size(), MAX_REMINDERS); i++) {
            Day day = days.get(i);
            Optional<Planning.Reminder> reminder =
                    Planning.Reminder.of(
                            work, work.operationId() + "-reminder-" + i, day.title(), day.day());
            if (reminder.isPresent()) {
                remind.of(reminder.get(), day.day());
            }
        }
    }

    private Done withoutTasks(ObjectWriter objects, Work work, String id, String reason) {
        chats.append(objects, work, "task.extract_failed", id, new Said.ExtractFailed(reason));
        return new Done(work, "answered, tasks unknown");
    }

    private Done summarize(TextModel model, ObjectWriter objects, Work work, NodeContext context) {
        TextRequest request =
                conversation(objects, work).question("Summarize what was said in two sentences.");
        Calls.Call call = calls.begin(Calls.Kind.LLM, "model.summary", objects, work, context);
        String text;
        try {
            text = model.complete(request).text();
        } catch (ModelException failed) {
            call.over(failed.fault().code());
            throw failed;
        }
        call.over(Calls.OK);
        chats.append(
                objects,
                work,
                "workflow.summary",
                work.operationId() + ".summary",
                new Said.Summary(text));
        return new Done(work, "summarized");
    }
}
