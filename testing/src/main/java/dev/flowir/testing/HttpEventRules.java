package dev.flowir.testing;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpLimits;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.http.ServerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules of {@link HttpContract} about streams of events. */
final class HttpEventRules {

    private HttpEventRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-60",
                        "events are read as the HTML standard says, wherever the bytes are cut",
                        "line ends, the byte order mark, fields without a colon, ids, comments",
                        HttpEventRules::readsEvents),
                Rule.of(
                        "HTTP-61",
                        "an ended stream does not begin again; who asks to go on sends the last id",
                        "what happens at the end of the stream, and the header last-event-id",
                        HttpEventRules::resumesWhenAsked),
                Rule.of(
                        "HTTP-62",
                        "an event as large as allowed is given, a larger one is refused, and the"
                                + " stream as a whole has no bound",
                        "what is counted, and when counting starts again",
                        HttpEventRules::boundsEvents),
                Rule.of(
                        "HTTP-63",
                        "what is no stream of events is refused",
                        "whether status and content type are looked at",
                        HttpEventRules::refusesOthers),
                Rule.of(
                        "HTTP-64",
                        "a stream that breaks off says so after the events that came",
                        "what a lost connection and silence end in",
                        HttpEventRules::breaksOff));
    }

    private static List<ServerEvent> all(EventStream events) {
        List<ServerEvent> all = new ArrayList<>();
        for (Optional<ServerEvent> next = events.next(); next.isPresent(); next = events.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static void readsEvents(HttpBench bench, TestClock clock) {
        String text =
                "\uFEFFdata: one\n\n"
                        + ": a comment\r\n"
                        + "event: word\r\nid: 7\r\ndata: two\r\ndata:three\r\n\r\n"
                        + "data:  four\rretry: 2500\rretry: soon\r\r"
                        + "data\n\n"
                        + "id\ndata: é雪\n\n"
                        + "unknown: field\ndata: five\nid: a\u0000b\n\n"
                        + "event: nothing\n\n"
                        + "data: not ended";
        List<ServerEvent> expected =
                List.of(
                        new ServerEvent("message", "one", ""),
                        new ServerEvent("word", "two\nthree", "7"),
                        new ServerEvent("message", " four", "7"),
                        new ServerEvent("message", "", "7"),
                        new ServerEvent("message", "é雪", ""),
                        new ServerEvent("message", "five", ""));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int step : new int[] {bytes.length, 1, 3}) {
            bench.server()
                    .forget()
                    .then((request, wire) -> {
                        wire.beginEvents();
                        for (int at = 0; at < bytes.length; at += step) {
                            int end = Math.min(bytes.length, at + step);
                            wire.write(Arrays.copyOfRange(bytes, at, end));
                        }
                        wire.close();
                    });
            try (EventStream events = bench.reader().events(HttpRead.get("/"))) {
                Expect.equal("events in pieces of " + step, expected, all(events));
                Expect.equal(
                        "when again",
                        Optional.of(Duration.ofMillis(2500)),
                        events.reconnectionTime());
            }
        }
        Expect.equal(
                "what is accepted",
                Optional.of("text/event-stream"),
                bench.server().requests().get(0).header("accept"));
    }

    private static void resumesWhenAsked(HttpBench bench, TestClock clock) {
        bench.server()
                .then((request, wire) -> {
                    wire.beginEvents();
                    wire.write("id: 41\ndata: a\n\nid: 42\ndata: cut off");
                    wire.close();
                });
        try (EventStream events = bench.reader().events(HttpRead.get("/"))) {
            Expect.equal("events", 1, all(events).size());
            Expect.equal("after the end", Optional.empty(), events.next());
            Expect.equal("the last id", "41", events.lastEventId());
            Expect.equal("requests", 1, bench.server().requests().size());
            bench.reader().events(HttpRead.get("/").resumingAfter(events.lastEventId())).close();
        }
        bench.reader().events(HttpRead.get("/").resumingAfter("")).close();
        Expect.equal(
                "ids",
                List.of(Optional.empty(), Optional.of("41"), Optional.empty()),
                bench.server().requests().stream()
                        .map(request -> request.header("last-event-id"))
                        .toList());
    }

    private static void boundsEvents(HttpBench bench, TestClock clock) {
        HttpWriter writer =
                HttpBench.writer(
                        bench.provider(settings ->
                                settings.with(
                                        HttpLimits.DEFAULT
                                                .withMaxEventBytes(1000)
                                                .withMaxReplyBytes(1000))));
        String fits = "data: " + "x".repeat(994) + "\n\n";
        bench.server()
                .then((request, wire) -> {
                    wire.beginEvents();
                    for (int i = 0; i < 100; i++) {
                        wire.write(": a comment that keeps the connection open\n\n" + fits);
                    }
                    wire.write("data: " + "x".repeat(500) + "\ndata: " + "x".repeat(483));
                    wire.write("\n: comment\n: comment\n\n");
                    wire.write("data: " + "x".repeat(995) + "\n\n");
                    wire.close();
                });
        try (EventStream events = writer.events(HttpWrite.post("/"))) {
            for (int i = 0; i < 101; i++) {
                Expect.that("event " + i + " is given", events.next().isPresent());
            }
            HttpContract.refused(HttpFault.EVENT_TOO_LARGE, events::next);
        }
    }

    private static void refusesOthers(HttpBench bench, TestClock clock) {
        bench.server().then(200, "{}").then(204, "").then(503, "busy");
        HttpContract.refused(HttpFault.NOT_EVENTS, () -> bench.reader().events(HttpRead.get("/")));
        HttpContract.refused(HttpFault.NOT_EVENTS, () -> bench.reader().events(HttpRead.get("/")));
        Expect.that(
                "a busy service is worth another attempt",
                HttpContract.refused(
                                HttpFault.STATUS, () -> bench.reader().events(HttpRead.get("/")))
                        .isRetriable());
    }

    private static void breaksOff(HttpBench bench, TestClock clock) {
        HttpWriter writer =
                HttpBench.writer(
                        bench.provider(settings ->
                                settings.with(
                                        HttpTimeouts.DEFAULT.withIdle(Duration.ofMillis(150)))));
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
        bench.server()
                .then((request, wire) -> {
                    wire.write(head + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n");
                    wire.close();
                })
                .then((request, wire) -> {
                    wire.write(head + "\r\ndata: a\n\n");
                    wire.silence();
                });
        for (HttpFault fault : List.of(HttpFault.CONNECTION_LOST, HttpFault.IDLE_TIMEOUT)) {
            try (EventStream events = writer.events(HttpRead.get("/"))) {
                Expect.equal("the event before", "a", events.next().orElseThrow().data());
                HttpContract.refused(fault, events::next);
            }
        }
    }
}
