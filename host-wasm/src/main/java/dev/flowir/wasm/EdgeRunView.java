package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.journal.Awaited;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunCore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A durable run as its callers see it: JSON with its id, its flow, its state and what it gave. */
final class EdgeRunView {

    private EdgeRunView() {}

    /** What is kept of how a run ended: the members that its view has; empty while it goes on. */
    static Optional<String> outcome(RunCore core) {
        if (!core.isEnded()) {
            return Optional.empty();
        }
        Optional<Failure> failure = core.failure();
        if (failure.isPresent()) {
            String undone = core.undone().map(it -> "; " + it).orElse("");
            boolean cancelled = failure.get() instanceof Failure.Cancelled;
            return Optional.of(
                    failed(
                            cancelled ? "TERMINATED" : "FAILED",
                            failure.get().code(),
                            failure.get().message() + undone));
        }
        Optional<Object> output = core.output();
        return Optional.of(
                output.isEmpty() ? "\"state\":\"COMPLETED\"" : completed(core, output.get()));
    }

    private static String completed(RunCore core, Object output) {
        Payload payload;
        try {
            payload = core.flow().encodeOutput(output);
        } catch (CodecException e) {
            return failed(
                    "FAILED",
                    JournalFault.NOT_ENCODABLE.code(),
                    "the output cannot be recorded: " + e);
        }
        if (payload.size() > EdgeRunLimits.MAX_PAYLOAD_BYTES) {
            return failed(
                    "FAILED",
                    JournalFault.TOO_LARGE.code(),
                    "the output has "
                            + payload.size()
                            + " bytes; "
                            + EdgeRunLimits.MAX_PAYLOAD_BYTES
                            + " are allowed");
        }
        return "\"state\":\"COMPLETED\",\"output\":" + EdgeLedger.json(payload);
    }

    private static String failed(String state, String code, String message) {
        Map<String, JsonValue> error = new LinkedHashMap<>();
        error.put("code", JsonValue.text(code));
        error.put("message", JsonValue.text(message));
        return "\"state\":\"" + state + "\",\"error\":" + EdgeReply.text(new JsonValue.Obj(error));
    }

    /** A run that is over. */
    static String of(EdgeLedger.Pinned run, String outcome) {
        return "{\"run\":"
                + EdgeReply.text(JsonValue.text(run.id()))
                + ",\"flow\":"
                + EdgeReply.text(JsonValue.text(run.flow()))
                + (run.generation() == 1 ? "" : ",\"generation\":" + run.generation())
                + ","
                + outcome
                + "}";
    }

    /** A run that cannot go on with the code that is there. */
    static String parked(EdgeLedger.Pinned run, String why) {
        return of(run, "\"state\":\"PARKED\",\"reason\":" + EdgeReply.text(JsonValue.text(why)));
    }

    /** A run that moves, or waits. */
    static String moving(EdgeLedger.Pinned run, RunCore core) {
        List<JsonValue> signals = new ArrayList<>();
        for (Awaited one : core.waiting()) {
            one.signal().ifPresent(it -> signals.add(JsonValue.text(it)));
        }
        boolean quiet = core.inFlight().isEmpty();
        String state =
                core.isPaused() ? quiet ? "PAUSED" : "PAUSING" : quiet ? "WAITING" : "RUNNING";
        return of(
                run,
                "\"state\":\""
                        + state
                        + "\",\"waitsFor\":"
                        + EdgeReply.text(new JsonValue.Arr(signals))
                        + asks(core));
    }

    /** Nodes that wait for a person, each with the answers that it takes; none is no member. */
    private static String asks(RunCore core) {
        Map<String, JsonValue> asks = new LinkedHashMap<>();
        for (Awaited one : core.waiting()) {
            if (!one.answers().isEmpty()) {
                asks.put(
                        one.node(),
                        new JsonValue.Arr(one.answers().stream().map(JsonValue::text).toList()));
            }
        }
        return asks.isEmpty() ? "" : ",\"asks\":" + EdgeReply.text(new JsonValue.Obj(asks));
    }

    /** Records in hex, one a line. */
    static String hex(List<Payload> records) {
        StringBuilder text = new StringBuilder();
        for (Payload record : records) {
            for (byte octet : record.bytes()) {
                text.append(Character.forDigit((octet >> 4) & 0xF, 16));
                text.append(Character.forDigit(octet & 0xF, 16));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
