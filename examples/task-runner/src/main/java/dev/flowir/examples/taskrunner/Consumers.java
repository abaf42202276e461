package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Broker;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Retry;
import dev.flowir.queue.Subscription;
import java.util.List;

/** Runs a flow for each message: the second way into the task runner beside HTTP. */
final class Consumers implements AutoCloseable {

    private final Runtime runtime;
    private final Flow<TaskMessage, Handled> process;
    private final Flow<Letter, Handled> bury;
    private final List<Subscription> subscriptions;

    /** Declares the dead-letter queue, then the queue that names it, and starts to consume both. */
    Consumers(Settings settings, Broker broker, Runtime runtime, TaskFlows flows, Shape shape) {
        this.runtime = runtime;
        this.process = flows.process(shape);
        this.bury = flows.bury();
        this.subscriptions =
                List.of(
                        broker.consume(
                                settings.service() + "-undertaker",
                                List.of(settings.deadLetterQueue()),
                                this::bury),
                        broker.consume(
                                settings.service(), List.of(settings.queue()), this::process));
    }

    static void declare(Settings settings, Broker broker) {
        broker.declare(
                settings.deadLetterQueue(),
                QueueSettings.defaults()
                        .batches(10, settings.batchTimeout())
                        .maxRetries(100)
                        .retryDelay(settings.retryDelay())
                        .lease(settings.lease()));
        broker.declare(settings.queue(), working(settings));
    }

    /** How the queue of tasks behaves; may be declared again while it works. */
    static QueueSettings working(Settings settings) {
        return QueueSettings.defaults()
                .batches(settings.batchSize(), settings.batchTimeout())
                .maxRetries(settings.maxRetries())
                .retryDelay(settings.retryDelay())
                .lease(settings.lease())
                .deadLetterQueue(settings.deadLetterQueue());
    }

    private void process(Batch batch) throws InterruptedException {
        for (Message message : batch.messages()) {
            try {
                handle(process, message.body().as(Steps.MESSAGE), message);
            } catch (CodecException unreadable) {
                message.giveUp(unreadable);
            }
        }
    }

    private void bury(Batch batch) throws InterruptedException {
        for (Message message : batch.messages()) {
            try {
                TaskMessage dead = message.body().as(Steps.MESSAGE);
                DeadLetter letter =
                        message.deadLetter()
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "a message in the dead-letter queue that"
                                                        + " did not die"));
                handle(
                        bury,
                        new Letter(
                                dead.taskId(),
                                dead.payload(),
                                letter.attempts(),
                                letter.lastError()),
                        message);
            } catch (CodecException unreadable) {
                message.giveUp(unreadable);
            }
        }
    }

    /**
     * Acknowledges when the flow gave a value; whatever failed comes again, with its cause kept.
     */
    private <I> void handle(Flow<I, Handled> flow, I input, Message message)
            throws InterruptedException {
        Run<Handled> run = runtime.start(flow, Invocation.of(input));
        switch (run.await()) {
            case Result.Value<Handled> done -> message.ack();
            case Result.Failed<Handled>(Failure failure) ->
                    message.retry(Retry.because(cause(failure)).inRun(run.id()));
        }
    }

    private static Throwable cause(Failure failure) {
        return failure instanceof Failure.NodeFailed failed
                ? failed.cause()
                : new FlowFailedException(failure);
    }

    /** Takes nothing more and waits for what is being worked on. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }
}
