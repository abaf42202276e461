package dev.flowir.http.model;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpException;
import dev.flowir.http.ServerEvent;
import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import java.util.Optional;

/**
 * An answer out of a stream of events. It is whole when the service says {@code [DONE]}, and at no
 * other time.
 */
final class AnswerStream implements TextStream {

    private static final String DONE = "[DONE]";

    private final EventStream events;
    private final ModelCalls calls;
    private final AnswerParts parts;
    private final String operation;
    private final int attempt;
    private long sequence;
    private boolean whole;

    AnswerStream(
            EventStream events,
            ModelCalls calls,
            AnswerParts parts,
            String operation,
            int attempt) {
        this.events = events;
        this.calls = calls;
        this.parts = parts;
        this.operation = operation;
        this.attempt = attempt;
    }

    @Override
    public Optional<TextPiece> next() {
        while (!whole) {
            String added;
            try {
                added = take(event());
            } catch (ModelException e) {
                events.close();
                throw e.after(parts.soFar());
            }
            if (!added.isEmpty()) {
                return Optional.of(new TextPiece(operation, attempt, sequence++, added));
            }
        }
        return Optional.empty();
    }

    private ServerEvent event() {
        try {
            return events.next()
                    .orElseThrow(() ->
                            new ModelException(
                                    ModelFault.CUT_OFF,
                                    "the stream ended before " + DONE + " came"));
        } catch (HttpException e) {
            throw calls.told(e);
        }
    }

    private String take(ServerEvent event) {
        String data = event.data().strip();
        if (data.equals(DONE)) {
            whole = true;
            events.close();
            return "";
        }
        JsonValue said = Json.parse(data).orElseThrow(() -> noAnswer(data));
        Optional<ModelException> error = calls.error(said, events::shown);
        if (error.isPresent()) {
            throw error.get();
        }
        return parts.take(said).orElse("");
    }

    private ModelException noAnswer(String data) {
        return new ModelException(
                ModelFault.BAD_ANSWER, "an event is no JSON: " + events.shown(data));
    }

    @Override
    public String soFar() {
        return parts.soFar();
    }

    @Override
    public TextAnswer answer() {
        if (!whole) {
            throw new IllegalStateException(
                    "the answer is not whole; take next() until it is empty");
        }
        return parts.answer(operation, attempt);
    }

    @Override
    public void close() {
        events.close();
    }
}
