package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chat.HotelOption;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.tool.ToolAnswer;
import dev.flowir.http.tool.ToolCall;
import dev.flowir.http.tool.ToolException;
import dev.flowir.http.tool.ToolReader;
import dev.flowir.http.tool.Tools;
import dev.flowir.ir.Codec;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kv.KvWriter;
import dev.flowir.object.ObjectWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Flights and hotels, by tools that only look. What they say becomes our own records here. */
final class Search {

    /** Each tool is bound by itself, so that the circuit of one says nothing about the other. */
    static final ReadToken<ToolReader> FLIGHTS = Tools.reader("flights");

    static final ReadToken<ToolReader> HOTELS = Tools.reader("hotels");

    static final String FLIGHTS_SEARCH = "flights_search";
    static final String HOTEL_SEARCH = "hotel_search";

    /** Attempts after the first. */
    static final int RETRIES = 2;

    /** Status of a call that was not made, since the calls before it failed. */
    static final String CIRCUIT_OPEN = "circuit_open";

    private static final String NOT_FOUND = "not_found";
    private static final String TIMEOUT = "timeout";
    private static final String RATE_LIMITED = "rate_limited";
    private static final String UNAVAILABLE = "unavailable";
    private static final int TOO_MANY_REQUESTS = 429;

    static final Type<List<FlightOption>> FLIGHT_LIST = Type.listOf(FlightOption.class);
    static final Type<List<HotelOption>> HOTEL_LIST = Type.listOf(HotelOption.class);

    private static final Codec<List<FlightOption>> FLIGHT_OPTIONS =
            JsonCodecs.strict().of(FLIGHT_LIST);
    private static final Codec<List<HotelOption>> HOTEL_OPTIONS =
            JsonCodecs.strict().of(HOTEL_LIST);

    private final Calls calls;
    private final Duration patience;

    Search(Calls calls, Duration patience) {
        this.calls = calls;
        this.patience = patience;
    }

    /**
     * What a search gave.
     *
     * @param options what there is; what was known before when it failed
     * @param status {@link Calls#OK}, or why nothing was found now
     */
    record Found<T>(List<T> options, String status) {}

    /** Looks for flights. What fails and may pass is thrown while there are attempts left. */
    Found<FlightOption> flights(
            ToolReader tool,
            ObjectWriter objects,
            KvWriter offers,
            Work work,
            String to,
            String day,
            NodeContext at)
            throws ToolException {
        Map<String, JsonValue> wanted =
                Map.of("destination", JsonValue.text(to), "date", JsonValue.text(day));
        return search(
                tool,
                ToolCall.of(FLIGHTS_SEARCH, new JsonValue.Obj(wanted)),
                calls.begin(Calls.Kind.TOOL, FLIGHTS_SEARCH, objects, work, at),
                at.attempt(),
                Offers::flights,
                Known.of(offers, FLIGHTS_SEARCH, to, day),
                FLIGHT_OPTIONS);
    }

    /** Looks for hotels, as for flights. */
    Found<HotelOption> hotels(
            ToolReader tool,
            ObjectWriter objects,
            KvWriter offers,
            Work work,
            String to,
            String day,
            NodeContext at)
            throws ToolException {
        Map<String, JsonValue> wanted =
                Map.of("city", JsonValue.text(to), "checkIn", JsonValue.text(day));
        return search(
                tool,
                ToolCall.of(HOTEL_SEARCH, new JsonValue.Obj(wanted)),
                calls.begin(Calls.Kind.TOOL, HOTEL_SEARCH, objects, work, at),
                at.attempt(),
                Offers::hotels,
                Known.of(offers, HOTEL_SEARCH, to, day),
                HOTEL_OPTIONS);
    }

    private <T> Found<T> search(
            ToolReader tool,
            ToolCall asked,
            Calls.Call call,
            int attempt,
            Function<JsonValue, Optional<List<T>>> ours,
            Known known,
            Codec<List<T>> codec) {
        try {
            Found<T> found =
                    switch (tool.ask(asked.within(patience))) {
                        case ToolAnswer.Done done ->
                                done.structured()
                                        .flatMap(ours)
                                        .map(Search::found)
                                        .orElse(new Found<>(List.of(), UNAVAILABLE));
                        // the tool could not do it, and says so in words that are not for us
                        case ToolAnswer.Failed failed -> new Found<>(List.of(), NOT_FOUND);
                    };
            call.over(found.status());
            if (found.status().equals(Calls.OK)) {
                known.keep(found.options(), codec);
            }
            return found;
        } catch (ToolException failed) {
            String status = status(failed);
            call.over(status);
            // a circuit is open for longer than attempts last
            if (failed.isRetriable() && attempt <= RETRIES && !status.equals(CIRCUIT_OPEN)) {
                throw failed;
            }
            return new Found<>(known.find(codec).orElse(List.of()), status);
        }
    }

    private static <T> Found<T> found(List<T> options) {
        return new Found<>(options, options.isEmpty() ? NOT_FOUND : Calls.OK);
    }

    /** A word for why a tool did not answer. */
    static String status(ToolException failed) {
        Optional<HttpException> way =
                failed.getCause() instanceof HttpException http
                        ? Optional.of(http)
                        : Optional.empty();
        return switch (failed.fault()) {
            case TIMED_OUT, CANCELLED -> TIMEOUT;
            case NO_SUCH_TOOL -> NOT_FOUND;
            case BUSY ->
                    way.isPresent() && way.get().status().orElse(0) == TOO_MANY_REQUESTS
                            ? RATE_LIMITED
                            : UNAVAILABLE;
            case CALL_FAILED -> way.map(http -> status(http.fault())).orElse(UNAVAILABLE);
            default -> UNAVAILABLE;
        };
    }

    private static String status(HttpFault fault) {
        return switch (fault) {
            case CIRCUIT_OPEN -> CIRCUIT_OPEN;
            case RATE_LIMITED -> RATE_LIMITED;
            case CONNECT_TIMEOUT -> TIMEOUT;
            default -> UNAVAILABLE;
        };
    }
}
