package dev.flowir.testing;

import dev.flowir.http.CallRate;
import dev.flowir.http.HttpLimits;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.ModelFault;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextShape;
import dev.flowir.http.model.TextStream;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.kernel.cap.StaleAttemptException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Rules of {@link ModelContract} about what goes wrong. */
final class ModelFaultRules {

    private static final TextRequest ASKED = TextRequest.of("?");

    /** Whether another attempt helps. */
    private enum Again {
        HELPS,
        USELESS
    }

    /** An answer of a service that refuses, and what it means. */
    private record Refusal(
            int status, String body, ModelFault fault, String serviceCode, Again again) {}

    private static Refusal workers(int status, int code, ModelFault fault, Again again) {
        String body =
                "{\"result\":null,\"success\":false,\"errors\":[{\"code\":"
                        + code
                        + ",\"message\":\"said\"}],\"messages\":[]}";
        return new Refusal(status, body, fault, "" + code, again);
    }

    private static Refusal openAi(int status, String code, ModelFault fault, Again again) {
        String body =
                "{\"error\":{\"message\":\"said\",\"type\":\"t\",\"param\":null,\"code\":\""
                        + code
                        + "\"}}";
        return new Refusal(status, body, fault, code, again);
    }

    private static final List<Refusal> REFUSALS =
            List.of(
                    workers(400, 5007, ModelFault.NO_SUCH_MODEL, Again.USELESS),
                    workers(400, 5004, ModelFault.REFUSED, Again.USELESS),
                    workers(413, 3006, ModelFault.TOO_LARGE, Again.USELESS),
                    workers(408, 3007, ModelFault.SERVICE_FAILED, Again.HELPS),
                    workers(408, 3008, ModelFault.SERVICE_FAILED, Again.HELPS),
                    workers(429, 3036, ModelFault.QUOTA, Again.USELESS),
                    workers(429, 3040, ModelFault.BUSY, Again.HELPS),
                    workers(404, 3042, ModelFault.NO_SUCH_MODEL, Again.USELESS),
                    workers(403, 5018, ModelFault.NOT_ALLOWED, Again.USELESS),
                    openAi(429, "rate_limit_exceeded", ModelFault.BUSY, Again.HELPS),
                    openAi(429, "insufficient_quota", ModelFault.QUOTA, Again.USELESS),
                    openAi(400, "context_length_exceeded", ModelFault.TOO_LARGE, Again.USELESS),
                    openAi(404, "model_not_found", ModelFault.NO_SUCH_MODEL, Again.USELESS),
                    openAi(401, "invalid_api_key", ModelFault.NOT_ALLOWED, Again.USELESS),
                    new Refusal(400, "{}", ModelFault.REFUSED, "", Again.USELESS),
                    new Refusal(403, "", ModelFault.NOT_ALLOWED, "", Again.USELESS),
                    new Refusal(404, "<html>", ModelFault.NO_SUCH_MODEL, "", Again.USELESS),
                    new Refusal(500, "oops", ModelFault.SERVICE_FAILED, "", Again.HELPS),
                    new Refusal(503, "", ModelFault.BUSY, "", Again.HELPS),
                    new Refusal(529, "", ModelFault.BUSY, "", Again.HELPS));

    private ModelFaultRules() {}

    static List<Rule<ModelBench>> rules() {
        return List.of(
                Rule.of(
                        "MODEL-40",
                        "a refusal is told by the service's code, else by its status, streamed or"
                                + " not",
                        "errors[].code, error.code, and the table of what passes",
                        ModelFaultRules::tellsRefusals),
                Rule.of(
                        "MODEL-41",
                        "how long to wait is told: as the service says, and a day's share until"
                                + " midnight UTC",
                        "the header retry-after, and 3036",
                        ModelFaultRules::tellsWhen),
                Rule.of(
                        "MODEL-42",
                        "what is no answer is refused",
                        "answers that are no JSON, or JSON of something else",
                        ModelFaultRules::refusesNonsense),
                Rule.of(
                        "MODEL-43",
                        "a call that failed is retriable, since asking changes nothing",
                        "a connection that is lost in a POST",
                        ModelFaultRules::retriesLostCalls),
                Rule.of(
                        "MODEL-44",
                        "no message shows the key, also where the service sends it back",
                        "errors with a status, in an answer, and in mid stream",
                        ModelFaultRules::hidesTheKey),
                Rule.of(
                        "MODEL-45",
                        "an attempt that was given up asks nothing any more",
                        "the fence of the scope",
                        ModelFaultRules::keepsTheFence),
                Rule.of(
                        "MODEL-46",
                        "the endpoint's own bounds hold: rate and size",
                        "the settings of calls, and that a refused call is told as one",
                        ModelFaultRules::keepsBounds));
    }

    private static void tellsRefusals(ModelBench bench, TestClock clock) {
        TextModel model = bench.model(TextShape.WORKERS_AI);
        for (Refusal refusal : REFUSALS) {
            bench.server().forget().then(refusal.status(), refusal.body());
            for (Expect.Work work :
                    List.<Expect.Work>of(() -> model.complete(ASKED), () -> model.stream(ASKED))) {
                ModelException seen = ModelContract.refused(refusal.fault(), work);
                Expect.equal("code of " + refusal, refusal.serviceCode(), seen.serviceCode());
                Expect.equal(
                        "retriable: " + refusal,
                        refusal.again() == Again.HELPS,
                        seen.isRetriable());
            }
        }
    }

    private static void tellsWhen(ModelBench bench, TestClock clock) {
        bench.server()
                .then((request, wire) -> wire.reply(429, "Retry-After: 7\r\n", "{}"))
                .then(429, "{\"errors\":[{\"code\":3036,\"message\":\"daily\"}]}");
        TextModel model = bench.model(TextShape.WORKERS_AI);
        Expect.equal(
                "as the service says",
                Optional.of(Duration.ofSeconds(7)),
                ModelContract.refused(ModelFault.BUSY, () -> model.complete(ASKED)).retryAfter());
        Duration left =
                Duration.ofDays(1)
                        .minusNanos(
                                clock.instant().atZone(ZoneOffset.UTC).toLocalTime().toNanoOfDay());
        Expect.equal(
                "until midnight",
                Optional.of(left),
                ModelContract.refused(ModelFault.QUOTA, () -> model.complete(ASKED)).retryAfter());
    }

    private static void refusesNonsense(ModelBench bench, TestClock clock) {
        TextModel model = bench.model(TextShape.OPENAI);
        for (String body : List.of("", "<html>", "{}", "[]", "7", "{\"hello\":1}")) {
            bench.server().forget().then(200, body);
            ModelContract.refused(ModelFault.BAD_ANSWER, () -> model.complete(ASKED));
        }
        bench.server().forget().then(200, "{\"success\":false,\"errors\":[{\"code\":5004}]}");
        ModelContract.refused(ModelFault.REFUSED, () -> model.complete(ASKED));
        bench.server().forget().then(200, ModelTextRules.said("whole"));
        ModelContract.refused(ModelFault.BAD_ANSWER, () -> model.stream(ASKED));
    }

    private static void retriesLostCalls(ModelBench bench, TestClock clock) {
        bench.server().then((request, wire) -> wire.close());
        TextModel model = bench.model(TextShape.OPENAI);
        Expect.that(
                "another attempt may help",
                ModelContract.refused(ModelFault.CALL_FAILED, () -> model.complete(ASKED))
                        .isRetriable());
        Expect.equal("sent once", 1, bench.server().requests().size());
    }

    private static void hidesTheKey(ModelBench bench, TestClock clock) {
        String key = "sk-very-secret-4711";
        String error = "{\"error\":{\"message\":\"bad key " + key + "\",\"code\":\"" + key + "\"}}";
        TextModel model = bench.model(settings -> settings.withKey(() -> Secret.of(key)));
        bench.server()
                .then(401, error)
                .then(200, error)
                .then(ModelStreamRules.stream("data: " + error + "\n\n"));
        hidden(key, ModelContract.refused(ModelFault.NOT_ALLOWED, () -> model.complete(ASKED)));
        hidden(key, ModelContract.refused(ModelFault.SERVICE_FAILED, () -> model.complete(ASKED)));
        try (TextStream stream = model.stream(ASKED)) {
            hidden(key, ModelContract.refused(ModelFault.SERVICE_FAILED, stream::next));
        }
    }

    private static void hidden(String key, ModelException seen) {
        Expect.that("the code hides the key", !seen.serviceCode().contains(key));
        for (Throwable one = seen; one != null; one = one.getCause()) {
            Expect.that(
                    "'" + one.getMessage() + "' hides the key",
                    !String.valueOf(one.getMessage()).contains(key));
        }
    }

    private static void keepsTheFence(ModelBench bench, TestClock clock) {
        CapabilityProvider provider = bench.text(TextShape.OPENAI, same -> same);
        Fence fallen = () -> false;
        TextModel model =
                ModelBench.model(provider, new Scope("f", "run", "say", 1, "key", fallen));
        Expect.refused("a late question", StaleAttemptException.class, () -> model.complete(ASKED));
        Expect.refused("a late stream", StaleAttemptException.class, () -> model.stream(ASKED));
        Expect.equal("requests", 0, bench.server().requests().size());
    }

    private static void keepsBounds(ModelBench bench, TestClock clock) {
        bench.server().then(200, ModelTextRules.said("yes"));
        TextModel model =
                bench.model(settings ->
                        settings.with(
                                bench.calling()
                                        .with(CallRate.perSecond(1))
                                        .with(HttpLimits.DEFAULT.withMaxRequestBytes(1000))));
        ModelContract.refused(
                ModelFault.TOO_LARGE, () -> model.complete(TextRequest.of("x".repeat(1000))));
        model.complete(ASKED);
        ModelException early =
                ModelContract.refused(ModelFault.CALL_FAILED, () -> model.complete(ASKED));
        Expect.that("later it goes", early.isRetriable());
        Expect.equal("when", Optional.of(Duration.ofSeconds(1)), early.retryAfter());
        clock.advance(Duration.ofSeconds(1));
        model.complete(ASKED);
    }
}
