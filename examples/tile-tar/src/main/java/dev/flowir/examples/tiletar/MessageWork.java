package dev.flowir.examples.tiletar;

import dev.flowir.ir.CodecException;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Message;
import dev.flowir.queue.Retry;
import java.io.IOException;

/** What is done with one message. */
@FunctionalInterface
interface MessageWork {

    /**
     * Does it.
     *
     * @throws CodecException when the message is none: no repeat helps
     */
    void on(Message message)
            throws ArchiveException, IOException, CodecException, InterruptedException;

    /** Works on each message of a batch by itself: one that fails comes again, alone. */
    default void each(Batch batch) throws InterruptedException {
        for (Message message : batch.messages()) {
            try {
                on(message);
                message.ack();
            } catch (CodecException unreadable) {
                message.giveUp(unreadable);
            } catch (ArchiveException | IOException failed) {
                message.retry(Retry.because(failed));
            }
        }
    }
}
