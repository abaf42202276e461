package dev.flowir.http.tool;

import dev.flowir.http.HttpException;
import dev.flowir.http.json.Json;
import dev.flowir.ir.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What requests end in, in this package's words. */
final class RpcFaults {

    private RpcFaults() {}

    /** A call that failed, or a status that was not asked for. */
    static ToolException told(HttpException failed, Rpc.Request request) {
        ToolFault fault =
                switch (failed.fault()) {
                    case STATUS -> byStatus(failed.status().orElse(0));
                    case DEADLINE, CANCELLED -> ToolFault.CANCELLED;
                    case WHOLE_TIMEOUT, IDLE_TIMEOUT, FIRST_BYTE_TIMEOUT -> ToolFault.TIMED_OUT;
                    default -> ToolFault.CALL_FAILED;
                };
        return new ToolException(
                fault,
                request.method() + ": " + failed.getMessage(),
                failed.isRetriable() ? ToolException.Again.HELPS : ToolException.Again.DOES_NOT,
                Json.parse(failed.replyText())
                        .flatMap(said -> Json.member(said, "error"))
                        .map(error -> Json.whole(error, "code"))
                        .orElse(OptionalLong.empty()),
                failed.retryAfter(),
                failed);
    }

    private static ToolFault byStatus(int status) {
        return switch (status) {
            case 401, 403 -> ToolFault.NOT_ALLOWED;
            case 429, 503 -> ToolFault.BUSY;
            default -> status >= 500 ? ToolFault.SERVER_FAILED : ToolFault.REFUSED;
        };
    }

    /** An error of JSON-RPC. */
    static ToolException refused(
            Rpc.Request request, JsonValue error, UnaryOperator<String> shown) {
        OptionalLong code = Json.whole(error, "code");
        String message = Json.string(error, "message").orElse("without a message");
        ToolFault fault = byCode(code.orElse(0), message);
        ToolException.Again again =
                fault == ToolFault.SERVER_FAILED ? again(request) : ToolException.Again.DOES_NOT;
        return new ToolException(
                fault,
                request.method() + " was refused: " + shown.apply(message),
                again,
                code,
                Optional.empty(),
                null);
    }

    /** The codes of JSON-RPC; a tool that is not there has the one of wrong parameters. */
    private static ToolFault byCode(long code, String message) {
        String said = message.toLowerCase(Locale.ROOT);
        boolean missing =
                said.contains("unknown tool")
                        || (said.contains("tool") && said.contains("not found"));
        if (missing && (code == -32602 || code == -32601 || code == -32002)) {
            return ToolFault.NO_SUCH_TOOL;
        }
        return code == -32600 || code == -32601 || code == -32602 || code == -32700
                ? ToolFault.REFUSED
                : ToolFault.SERVER_FAILED;
    }

    static ToolException noAnswer(Rpc.Request request, String said) {
        return new ToolException(
                ToolFault.BAD_ANSWER,
                request.method() + " was answered by what is none of the protocol: " + said);
    }

    static ToolException cutOff(Rpc.Request request) {
        return new ToolException(
                ToolFault.CUT_OFF,
                request.method() + ": the stream ended before the answer",
                again(request),
                OptionalLong.empty(),
                Optional.empty(),
                null);
    }

    private static ToolException.Again again(Rpc.Request request) {
        return request.repeats() == Rpc.Repeats.HARMLESS
                ? ToolException.Again.HELPS
                : ToolException.Again.DOES_NOT;
    }
}
