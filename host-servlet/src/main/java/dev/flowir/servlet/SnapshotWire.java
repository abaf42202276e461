package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.host.Envelope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers with the first text that is sent, as JSON. */
final class SnapshotWire extends AnswerWire {

    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    @Override
    void open(Exchange answered) {
        // nothing is sent before the first text
    }

    @Override
    public void send(Frame frame, Consumer<Optional<Throwable>> sent) {
        if (frame instanceof Frame.Text text && first.compareAndSet(null, text.text())) {
            close(1000, "");
        }
        sent.accept(Optional.empty());
    }

    @Override
    void ended(Exchange answered, int code, String reason) {
        String text = first.get();
        answered.answer(
                text == null
                        ? Reply.error(
                                        Envelope.of(
                                                503,
                                                reason.isEmpty() ? "nothing to show" : reason,
                                                answered.head().requestId()))
                                .retryAfter(Duration.ofSeconds(1))
                        : Reply.json(200, text.getBytes(UTF_8)));
    }
}
