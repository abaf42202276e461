package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.Http;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.WriteToken;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.UnknownProperties;
import dev.flowir.object.ObjectWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tools behind MCP over HTTP: a call is a JSON-RPC request {@code tools/call}. What they answer
 * becomes our own records here, and every call, also a failed one, is an event in the chat.
 */
final class Tools {

    static final WriteToken<HttpWriter> MCP = Http.writer("tools");

    /** Attempts after the first. */
    static final int RETRIES = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int METHOD_OR_TOOL_NOT_FOUND = -32_601;
    private static final int BAD_ARGUMENTS = -32_602;

    private static final JsonCodecs JSON = JsonCodecs.strict();
    private static final Codec<Request> REQUEST = JSON.of(Type.of(Request.class));
    private static final Codec<Response> RESPONSE =
            JSON.with(UnknownProperties.IGNORE).of(Type.of(Response.class));

    private final Chats chats;

    Tools(Chats chats) {
        this.chats = chats;
    }

    record Request(String jsonrpc, String id, String method, Params params) {}

    record Params(String name, Map<String, String> arguments) {}

    record Response(Optional<Content> result, Optional<Problem> error) {}

    record Content(Optional<Offers> structuredContent) {}

    record Offers(List<Offer> flights) {}

    /** A flight, in the words of the tool. */
    record Offer(
            String flightNumber,
            String origin,
            String destination,
            String departureTime,
            Price price) {}

    record Price(String currency, long amountMinor) {}

    record Problem(int code, String message) {}

    /**
     * What a search gave.
     *
     * @param options flights; none when it failed
     * @param status {@code ok}, or why there are none
     */
    record Found(List<FlightOption> options, String status) {}

    /** Looks for flights. What fails and may pass is thrown while there are attempts left. */
    Found flights(
            HttpWriter http,
            ObjectWriter objects,
            Work work,
            NodeContext context,
            Map<String, String> arguments)
            throws CodecException {
        String tool = "flights_search";
        String call = context.idempotencyKey() + "." + context.attempt();
        long start = System.nanoTime();
        Found found;
        Optional<HttpException> again = Optional.empty();
        try {
            HttpReply reply =
                    http.send(
                                    HttpWrite.post("/mcp")
                                            .body(
                                                    HttpBody.json(
                                                            REQUEST,
                                                            new Request(
                                                                    "2.0",
                                                                    call,
                                                                    "tools/call",
                                                                    new Params(tool, arguments))))
                                            .header("accept", "application/json")
                                            .withIdempotencyKey()
                                            .within(PATIENCE))
                            .orThrow();
            found = normalized(reply.as(RESPONSE));
        } catch (HttpException failed) {
            found = new Found(List.of(), status(failed));
            if (failed.isRetriable() && context.attempt() <= RETRIES) {
                again = Optional.of(failed);
            }
        } catch (CodecException unreadable) {
            found = new Found(List.of(), "unavailable");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        boolean ok = found.status().equals("ok");
        chats.append(
                objects,
                work,
                ok ? "tool.done" : "tool.failed",
                work.operationId() + "." + tool + "." + context.attempt(),
                new Said.ToolCalled(tool, call, millis, found.status()));
        if (again.isPresent()) {
            throw again.get();
        }
        return found;
    }

    static Found normalized(Response response) {
        if (response.error().isPresent()) {
            int code = response.error().get().code();
            boolean missing = code == METHOD_OR_TOOL_NOT_FOUND || code == BAD_ARGUMENTS;
            return new Found(List.of(), missing ? "not_found" : "unavailable");
        }
        List<FlightOption> options =
                response.result().flatMap(Content::structuredContent).stream()
                        .flatMap(offers -> offers.flights().stream())
                        .map(offer ->
                                new FlightOption(
                                        offer.flightNumber(),
                                        offer.origin(),
                                        offer.destination(),
                                        offer.departureTime(),
                                        offer.price().amountMinor(),
                                        ""))
                        .toList();
        return new Found(options, options.isEmpty() ? "not_found" : "ok");
    }

    static String status(HttpException failed) {
        int status = failed.status().orElse(0);
        if (status == 429 || failed.fault() == HttpFault.RATE_LIMITED) {
            return "rate_limited";
        }
        if (status == 404) {
            return "not_found";
        }
        return switch (failed.fault()) {
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, WHOLE_TIMEOUT, CONNECT_TIMEOUT, DEADLINE ->
                    "timeout";
            default -> "unavailable";
        };
    }
}
