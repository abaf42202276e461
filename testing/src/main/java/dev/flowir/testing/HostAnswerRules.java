package dev.flowir.testing;

import static dev.flowir.testing.HostRequest.get;
import static dev.flowir.testing.HostRequest.post;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Values in, values out. */
final class HostAnswerRules {

    private static final int MEBIBYTE = 1 << 20;
    private static final int AT_ONCE = 20;

    private HostAnswerRules() {}

    static List<Rule<HostBench>> all() {
        return List.of(
                Rule.of(
                        "HOST-01",
                        "JSON comes out as it went in: text, the digits of numbers, the order of"
                                + " members",
                        "the codec, its escapes, and what it does to numbers",
                        (host, clock) -> {
                            answers(
                                    host,
                                    post(
                                            "/echo",
                                            " {\"b\": [1, 2.50, \"\\u00e9\\ud83d\\ude00\\n\"],"
                                                    + " \"a\" : null, \"\\u0000\":true} "),
                                    "{\"b\":[1,2.50,\"\u00E9\uD83D\uDE00\\n\"],"
                                            + "\"a\":null,\"\\u0000\":true}");
                            String numbers = "[0,-1,9007199254740993,12345678901234567890,0.1,1.0]";
                            answers(host, post("/echo", numbers), numbers);
                        }),
                Rule.of(
                        "HOST-02",
                        "an empty body is null, or what the route says",
                        "bodies of no bytes, with and without a media type",
                        (host, clock) -> {
                            answers(host, post("/echo", ""), "null");
                            answers(host, HostRequest.of("POST", "/echo"), "null");
                            answers(host, post("/empty", ""), "{}");
                        }),
                Rule.of(
                        "HOST-03",
                        "the parameters of path and query are the payload of GET and DELETE",
                        "percent escapes, +, repeated parameters, and literals before parameters",
                        (host, clock) -> {
                            String target = "/parameters/a%20b?q=1+%2B&r=x&r=%C3%A9&s=";
                            String payload =
                                    "{\"id\":\"a b\",\"q\":\"1 +\",\"r\":[\"x\",\"\u00E9\"],"
                                            + "\"s\":\"\"}";
                            answers(host, get(target), payload);
                            answers(host, HostRequest.of("DELETE", target), payload);
                            answers(host, get("/parameters/fixed"), "\"fixed\"");
                        }),
                Rule.of(
                        "HOST-04",
                        "records and arms of sealed types are read and written, with the status of"
                                + " their arm",
                        "@type, and the statuses of a route",
                        (host, clock) -> {
                            answers(
                                    host,
                                    post("/greet/%C3%A9", "{\"times\":2}"),
                                    "{\"@type\":\"Said\",\"words\":[\"hello \u00E9\",\"hello"
                                            + " \u00E9\"]}");
                            answers(
                                    host,
                                    post("/greet/x", "{\"times\":4}"),
                                    HostAnswer.json(422, "{\"why\":\"too often\"}"));
                        }),
                Rule.of(
                        "HOST-05",
                        "a flow of several nodes has its effect once",
                        "the order of nodes, and the handle of the middle one",
                        (host, clock) -> {
                            int before = HostEndRules.notes(host, "order by store");
                            answers(
                                    host,
                                    post("/order", "{\"sku\":\"x\"}"),
                                    "{\"sku\":\"x\",\"total\":42,\"receipt\":\"r-1\"}");
                            int after = HostEndRules.notes(host, "order by store");
                            Expect.equal("effects", 1, after - before);
                        }),
                Rule.of(
                        "HOST-06",
                        "a node that failed is tried again",
                        "retries and their delay",
                        (host, clock) -> answers(host, post("/flaky", "1"), "2")),
                Rule.of(
                        "HOST-07",
                        "HEAD is answered as GET without its body, OPTIONS with the methods",
                        "what the route table says of a path",
                        (host, clock) -> {
                            answers(
                                    host,
                                    HostRequest.of("HEAD", "/parameters/x"),
                                    HostAnswer.json(200, ""));
                            answers(
                                    host,
                                    HostRequest.of("OPTIONS", "/echo"),
                                    HostAnswer.json(204, "")
                                            .without("content-type")
                                            .header("allow", "OPTIONS, POST, PUT"));
                        }),
                Rule.of(
                        "HOST-08",
                        "an answer has the id of its request, or a new one where that could not be"
                                + " repeated",
                        "which ids go into logs and headers",
                        HostAnswerRules::repeatsIds),
                Rule.of(
                        "HOST-09",
                        "a body has the same meaning whether its length was told or not",
                        "chunks, and limits that believe a length",
                        (host, clock) -> {
                            String text = "\"" + "x".repeat(70_000) + "\"";
                            answers(host, post("/echo", text).inChunks(), text);
                            answers(host, post("/small", "\"123456\"").inChunks(), "\"123456\"");
                        }),
                Rule.of(
                        "HOST-10",
                        "a body may have 1 MiB unless the route says another bound",
                        "the bound itself, and one byte above",
                        (host, clock) -> {
                            String text = "\"" + "x".repeat(MEBIBYTE - 2) + "\"";
                            answers(host, post("/echo", text), text);
                            answers(host, post("/small", "\"123456\""), "\"123456\"");
                        }),
                Rule.of(
                        "HOST-11",
                        "requests at once do not meet",
                        "what is kept between requests",
                        HostAnswerRules::keepsRequestsApart),
                Rule.of(
                        "HOST-12",
                        "media types of JSON are JSON, and utf-8 is said in any case",
                        "+json, parameters, quotes",
                        (host, clock) -> {
                            for (String type :
                                    List.of(
                                            "application/json; charset=UTF-8",
                                            "application/json;charset=\"utf-8\"",
                                            "APPLICATION/JSON",
                                            "application/problem+json; version=1")) {
                                answers(host, post("/echo", "1").header("content-type", type), "1");
                            }
                        }));
    }

    /** Asks; the answer must be a 200 with this JSON. */
    static void answers(HostBench host, HostRequest request, String json) throws Exception {
        answers(host, request, HostAnswer.json(200, json));
    }

    /** Asks; the answer must be this one. */
    static void answers(HostBench host, HostRequest request, HostAnswer expected) throws Exception {
        Expect.equal(request.method() + " " + request.target(), expected, host.send(request));
    }

    private static void repeatsIds(HostBench host, TestClock clock) throws Exception {
        for (String id : List.of("a", "A-1._~:+=@/z", "x".repeat(128))) {
            HostAnswer answer = host.send(get("/parameters/x").header("x-request-id", id));
            Expect.equal("the id", id, answer.headers().get("x-request-id"));
        }
        for (String id : List.of("a b", "<a>", "\"", "x".repeat(129))) {
            HostAnswer answer = host.send(get("/nothing").header("x-request-id", id));
            String made = String.valueOf(answer.headers().get("x-request-id"));
            Expect.that("'" + made + "' is a UUID", made.length() == 36 && !made.equals(id));
            Expect.that(
                    "'" + answer.text() + "' has the id",
                    answer.text().endsWith(",\"requestId\":\"" + made + "\"}"));
        }
    }

    private static void keepsRequestsApart(HostBench host, TestClock clock) throws Exception {
        List<Future<HostAnswer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                HostRequest request =
                        post("/order", "{\"n\":" + i + "}").header("x-request-id", "id-" + i);
                answers.add(clients.submit(() -> host.send(request)));
            }
        }
        for (int i = 0; i < AT_ONCE; i++) {
            Expect.equal(
                    "answer " + i,
                    HostAnswer.json(200, "{\"n\":" + i + ",\"total\":42,\"receipt\":\"r-1\"}")
                            .header("x-request-id", "id-" + i),
                    answers.get(i).get());
        }
    }
}
