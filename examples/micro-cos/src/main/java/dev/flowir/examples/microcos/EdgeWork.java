package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Answering.Done;
import dev.flowir.examples.microcos.Answering.Question;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.examples.microcos.Inlet.Wanted;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import java.util.Optional;

/** Work as messages of one queue, where no run begins with an event: the same flows do it. */
final class EdgeWork {

    static final Codec<Job> JOB = JsonCodecs.strict().of(Type.of(Job.class));
    static final Codec<Travel.Entry> ENTRY = JsonCodecs.strict().of(Type.of(Travel.Entry.class));

    private static final Codec<Planning.Reminder> REMINDER =
            JsonCodecs.strict().of(Type.of(Planning.Reminder.class));

    /** What is sent there becomes a durable run each, whose id follows from the event. */
    static final String DATE_RUNS = "cos-dates";

    static final String REMINDER_RUNS = "cos-reminders";

    static final WriteToken<QueueSender> DATES = Queues.publisher(DATE_RUNS);

    private static final WriteToken<QueueSender> REMINDERS = Queues.publisher(REMINDER_RUNS);

    private EdgeWork() {}

    /** What a message asks for. */
    sealed interface Job {}

    /** Answer a message. */
    record Answer(Question question) implements Job {}

    /** Plan a day. */
    record Plan(Planning.Wanted wanted) implements Job {}

    /** Find tasks in what was said. */
    record Extract(Work work) implements Job {}

    /** Say in short what was said. */
    record Summarize(Work work) implements Job {}

    /** The work that follows from what is wanted, if any does. */
    static Optional<Job> of(Wanted wanted) {
        Work work = wanted.work();
        return switch (wanted.valid().type()) {
            case "user.message" ->
                    wanted.valid()
                            .said()
                            .filter(Said.UserMessage.class::isInstance)
                            .map(said -> ((Said.UserMessage) said).text())
                            .map(text -> new Answer(new Question(work, text)));
            case "workflow.daily_plan" ->
                    Optional.of(
                            new Plan(
                                    new Planning.Wanted(
                                            work, Days.text(System.currentTimeMillis()))));
            case "task.extract" -> Optional.of(new Extract(work));
            case "workflow.generate_summary" -> Optional.of(new Summarize(work));
            default -> Optional.empty();
        };
    }

    /** Nodes that remind by the event first and the run that waits second; both come once. */
    record ByRuns(Chats chats) implements Answering.Reminding {

        @Override
        public <I> Node<I, Done> node(String name, Class<I> input, Answering.Finding<I> work) {
            return Node.effect(
                    name,
                    input,
                    Done.class,
                    Answering.MODEL,
                    Chats.TELL,
                    REMINDERS,
                    (model, objects, runs, in, context) ->
                            work.of(
                                    model,
                                    objects,
                                    (wanted, day) -> remind(objects, runs, wanted, day),
                                    in,
                                    context));
        }

        private void remind(
                ObjectWriter objects, QueueSender runs, Planning.Reminder wanted, String day)
                throws CodecException {
            Said set = new Said.ReminderSet(wanted.title(), day);
            chats.append(objects, wanted.work(), "reminder.set", wanted.id(), set);
            runs.send(Body.of(wanted, REMINDER));
        }
    }

    /** Does the work of a message by the flow that does it in a durable run on a JVM. */
    static Flow<Job, Done> flow(Answering answering, Planning planning) {
        Node<Answer, Question> question =
                Node.pure("question", Answer.class, Question.class, Answer::question);
        Node<Plan, Planning.Wanted> wanted =
                Node.pure("wanted", Plan.class, Planning.Wanted.class, Plan::wanted);
        Node<Extract, Work> said = Node.pure("said", Extract.class, Work.class, Extract::work);
        Node<Summarize, Work> all = Node.pure("all", Summarize.class, Work.class, Summarize::work);
        return Flow.define(
                "chat-work",
                ChatFlows.VERSION,
                Job.class,
                (g, in) ->
                        g.choose(in, Job.class, Done.class)
                                .on(
                                        Answer.class,
                                        question,
                                        it -> g.flow("answer", it, answering.answer()))
                                .on(Plan.class, wanted, it -> g.flow("plan", it, planning.plan()))
                                .on(
                                        Extract.class,
                                        said,
                                        it -> g.flow("tasks", it, answering.tasks()))
                                .on(
                                        Summarize.class,
                                        all,
                                        it -> g.flow("summary", it, answering.summary()))
                                .merge("done"));
    }
}
