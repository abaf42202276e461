package dev.flowir.http.model;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.ScopedHandle;
import dev.flowir.kernel.cap.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Calls to a service for models, made by one attempt; what they end in is said in this package's
 * words.
 */
final class ModelCalls {

    /** Characters of a model's name; the longest ones in use have about 80. */
    static final int MAX_NAME = 256;

    private static final long DAY_MILLIS = 86_400_000;

    private final HttpWriter http;
    private final LongSupplier millis;
    private final String work;
    private int questions;

    /**
     * Calls of one attempt.
     *
     * @param millis the time, epoch milliseconds
     * @param work key of the work, the same over all attempts
     */
    ModelCalls(HttpWriter http, LongSupplier millis, String work) {
        this.http = http;
        this.millis = millis;
        this.work = work;
    }

    /** The first question of an attempt has the name of its work, further ones are counted. */
    String operation() {
        questions++;
        return questions == 1 ? work : work + "." + questions;
    }

    static void checkName(String model) {
        boolean fits = !model.isEmpty() && model.length() <= MAX_NAME;
        for (int i = 0; fits && i < model.length(); i++) {
            fits = isPartOfName(model.charAt(i));
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "a model's name has 1 to "
                            + MAX_NAME
                            + " letters, digits and '@', '/', '.', ':', '-', '_'");
        }
    }

    private static boolean isPartOfName(int letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || "@/.:-_".indexOf(letter) >= 0);
    }

    static HttpSettings withKey(HttpSettings http, Supplier<Secret> key) {
        return http.withHeader("authorization", () -> key.get().map(text -> "Bearer " + text));
    }

    /** The path at which Workers AI runs a model. */
    static String runs(String model) {
        return "/ai/run/" + model;
    }

    HttpReply send(HttpWrite call) {
        try {
            return http.send(call).orThrow();
        } catch (HttpException e) {
            throw told(e);
        }
    }

    EventStream events(HttpWrite call) {
        try {
            return http.events(call);
        } catch (HttpException e) {
            throw told(e);
        }
    }

    void attemptEnded() {
        if (http instanceof ScopedHandle scoped) {
            scoped.attemptEnded();
        }
    }

    /** What a call ended in. */
    ModelException told(HttpException failed) {
        HttpFault fault = failed.fault();
        if (fault == HttpFault.STATUS) {
            String code = Json.parse(failed.replyText()).map(ModelCalls::code).orElse("");
            return told(
                    judged(failed.status().orElse(0), code),
                    String.valueOf(failed.getMessage()),
                    code,
                    failed.retryAfter(),
                    Optional.of(failed));
        }
        ModelFault told =
                switch (fault) {
                    case DEADLINE, CANCELLED -> ModelFault.CANCELLED;
                    case REQUEST_TOO_LARGE -> ModelFault.TOO_LARGE;
                    case REPLY_TOO_LARGE, EVENT_TOO_LARGE -> ModelFault.ANSWER_TOO_LARGE;
                    case NOT_EVENTS -> ModelFault.BAD_ANSWER;
                    default -> ModelFault.CALL_FAILED;
                };
        return told(
                told,
                String.valueOf(failed.getMessage()),
                "",
                failed.retryAfter(),
                Optional.of(failed));
    }

    /** The error that a body or an event is; empty when it is something else. */
    Optional<ModelException> error(JsonValue said, UnaryOperator<String> shown) {
        boolean failed =
                Json.member(said, "error").isPresent()
                        || Json.member(said, "success").equals(Optional.of(JsonValue.bool(false)));
        if (!failed) {
            return Optional.empty();
        }
        String code = shown.apply(code(said));
        String detail = "the service said in its answer: " + shown.apply(message(said));
        return Optional.of(told(judged(0, code), detail, code, Optional.empty(), Optional.empty()));
    }

    private ModelException told(
            ModelFault fault,
            String detail,
            String code,
            Optional<Duration> retryAfter,
            Optional<Throwable> cause) {
        Optional<Duration> wait = code.equals("3036") ? Optional.of(untilMidnight()) : retryAfter;
        return new ModelException(fault, detail, code, "", wait, cause.orElse(null));
    }

    /** A day's share is given anew at midnight UTC. */
    private Duration untilMidnight() {
        return Duration.ofMillis(DAY_MILLIS - Math.floorMod(millis.getAsLong(), DAY_MILLIS));
    }

    /** The service's own code, wherever it writes it. */
    private static String code(JsonValue said) {
        for (JsonValue error : errors(said)) {
            Optional<String> code = Json.label(error, "code").or(() -> Json.label(error, "type"));
            if (code.isPresent() && !code.get().isBlank()) {
                return code.get().strip();
            }
        }
        return "";
    }

    private static String message(JsonValue said) {
        for (JsonValue error : errors(said)) {
            Optional<String> message = Json.string(error, "message");
            if (message.isPresent()) {
                return message.get();
            }
        }
        return Json.string(said, "error").orElse("an error without a message");
    }

    private static List<JsonValue> errors(JsonValue said) {
        List<JsonValue> listed = Json.items(said, "errors");
        return listed.isEmpty()
                ? Json.member(said, "error").map(List::of).orElse(List.of())
                : listed;
    }

    /** What an error means: by the service's code where it is known, else by the status. */
    private static ModelFault judged(int status, String code) {
        return switch (code) {
            case "5007", "3042", "model_not_found" -> ModelFault.NO_SUCH_MODEL;
            case "5004", "invalid_request_error" -> ModelFault.REFUSED;
            case "3006", "context_length_exceeded" -> ModelFault.TOO_LARGE;
            case "3007", "3008", "server_error" -> ModelFault.SERVICE_FAILED;
            case "3036", "insufficient_quota" -> ModelFault.QUOTA;
            case "3040", "rate_limit_exceeded" -> ModelFault.BUSY;
            case "3023", "5016", "5018", "invalid_api_key" -> ModelFault.NOT_ALLOWED;
            default -> byStatus(status);
        };
    }

    private static ModelFault byStatus(int status) {
        return switch (status) {
            case 401, 403 -> ModelFault.NOT_ALLOWED;
            case 404 -> ModelFault.NO_SUCH_MODEL;
            case 413 -> ModelFault.TOO_LARGE;
            case 429, 503, 529 -> ModelFault.BUSY;
            case 0, 408, 409, 425 -> ModelFault.SERVICE_FAILED;
            default -> status >= 500 ? ModelFault.SERVICE_FAILED : ModelFault.REFUSED;
        };
    }
}
