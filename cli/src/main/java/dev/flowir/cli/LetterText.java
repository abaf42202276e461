package dev.flowir.cli;

import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Queued;
import java.util.Optional;

/** Dead letters for people and for programs. */
final class LetterText {

    private LetterText() {}

    static JsonLine json(String queue, Queued message) {
        Optional<DeadLetter> letter = message.deadLetter();
        return new JsonLine()
                .with("id", message.id())
                .with("queue", queue)
                .with("sent", message.timestamp().toString())
                .with("from", letter.map(DeadLetter::sourceQueue))
                .with("died", letter.map(DeadLetter::deadAt))
                .with("deliveries", letter.map(DeadLetter::attempts).orElse(0))
                .with("error", letter.map(DeadLetter::lastError))
                .with("stack", letter.flatMap(DeadLetter::stackDigest))
                .with("run", letter.flatMap(DeadLetter::runId))
                .with("bytes", message.body().size());
    }

    static String line(String queue, Queued message) {
        DeadLetter letter = message.deadLetter().orElseThrow();
        return "%s  %s <- %s  %s  %d deliveries  %s"
                .formatted(
                        message.id(),
                        queue,
                        letter.sourceQueue(),
                        letter.deadAt(),
                        letter.attempts(),
                        letter.lastError());
    }
}
