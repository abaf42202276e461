package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.host.Envelope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers with the first text that is sent, as JSON. */
final class SnapshotWire extends AnswerWire {

    @Override
    void open(Exchange answered) {
        // nothing is sent before the first text
    }

    @Override
    public void send(Frame frame, Consumer<Optional<Throwable>> sent) {
        Exchange answered = exchange();
        if (answered != null && frame instanceof Frame.Text text) {
            Thread.startVirtualThread(() -> {
                answered.answer(Reply.json(200, text.text().getBytes(UTF_8)));
                sent.accept(Optional.empty());
                close(1000, "");
            });
        } else {
            sent.accept(Optional.empty());
        }
    }

    @Override
    void ended(Exchange answered, int code, String reason) {
        // the first answer counts
        answered.answer(
                Reply.error(
                                Envelope.of(
                                        503,
                                        reason.isEmpty() ? "nothing to show" : reason,
                                        answered.head().requestId()))
                        .retryAfter(Duration.ofSeconds(1)));
    }
}
