package dev.flowir.http.model;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;

/** The handle of one attempt on a text model. For one thread. */
final class Asked implements TextModel, ScopedHandle {

    private final TextSettings settings;
    private final ModelCalls calls;
    private final Scope scope;

    Asked(TextSettings settings, ModelCalls calls, Scope scope) {
        this.settings = settings;
        this.calls = calls;
        this.scope = scope;
    }

    @Override
    public TextAnswer complete(TextRequest request) {
        String operation = calls.operation();
        HttpReply reply = calls.send(call(request, Questions.Way.WHOLE));
        JsonValue said =
                Json.parse(reply.text())
                        .orElseThrow(() ->
                                new ModelException(
                                        ModelFault.BAD_ANSWER,
                                        "the answer is no JSON: " + reply.shown(reply.text())));
        AnswerParts parts = new AnswerParts(settings.model(), settings.limits());
        if (parts.take(said).isEmpty()) {
            throw calls.error(said, reply::shown)
                    .orElseGet(() ->
                            new ModelException(
                                    ModelFault.BAD_ANSWER,
                                    "the answer has neither choices nor a response: "
                                            + reply.shown(reply.text())));
        }
        return parts.answer(operation, scope.attempt());
    }

    @Override
    public TextStream stream(TextRequest request) {
        String operation = calls.operation();
        EventStream events = calls.events(call(request, Questions.Way.STREAMED));
        AnswerParts parts = new AnswerParts(settings.model(), settings.limits());
        return new AnswerStream(events, calls, parts, operation, scope.attempt());
    }

    private HttpWrite call(TextRequest request, Questions.Way way) {
        if (request.messages().isEmpty()) {
            throw new ModelException(ModelFault.BAD_QUESTION, "nothing is asked");
        }
        String target =
                settings.shape() == TextShape.OPENAI
                        ? "/chat/completions"
                        : ModelCalls.runs(settings.model());
        HttpWrite call =
                HttpWrite.post(target)
                        .changingNothing()
                        .body(HttpBody.json(Questions.write(request, settings, way)));
        return request.within().map(call::within).orElse(call);
    }

    @Override
    public void attemptEnded() {
        calls.attemptEnded();
    }
}
