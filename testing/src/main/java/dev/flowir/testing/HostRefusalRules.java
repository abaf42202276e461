package dev.flowir.testing;

import static dev.flowir.testing.HostAnswerRules.answers;
import static dev.flowir.testing.HostRequest.get;
import static dev.flowir.testing.HostRequest.post;

import java.util.List;

/** What is refused before a flow begins, and how. */
final class HostRefusalRules {

    private static final String TOO_LARGE = "the body is larger than 8 bytes";
    private static final String NO_JSON = "the body must be application/json in UTF-8";

    private HostRefusalRules() {}

    static List<Rule<HostBench>> all() {
        return List.of(
                Rule.of(
                        "HOST-20",
                        "an unknown path is 404, another method is 405 with those there are",
                        "the route table, and what the server itself answers",
                        (host, clock) -> {
                            answers(host, get("/nothing"), HostAnswer.refused(404, "not found"));
                            answers(host, get("/echo/x"), HostAnswer.refused(404, "not found"));
                            answers(
                                    host,
                                    get("/echo"),
                                    HostAnswer.refused(405, "method not allowed")
                                            .header("allow", "OPTIONS, POST, PUT"));
                        }),
                Rule.of(
                        "HOST-21",
                        "a body above its bound is 413, whatever length was told",
                        "the bound of the route, chunks, and the bound unless said",
                        (host, clock) -> {
                            HostAnswer refused = HostAnswer.refused(413, TOO_LARGE);
                            answers(host, post("/small", "\"1234567\""), refused);
                            answers(host, post("/small", "\"1234567\"").inChunks(), refused);
                            answers(
                                    host,
                                    post("/echo", "\"" + "x".repeat((1 << 20) - 1) + "\""),
                                    HostAnswer.refused(
                                            413, "the body is larger than 1048576 bytes"));
                        }),
                Rule.of(
                        "HOST-22",
                        "a body that is not plain JSON in UTF-8 is 415, with what would be taken",
                        "media types, charsets, compression",
                        HostRefusalRules::refusesOtherMedia),
                Rule.of(
                        "HOST-23",
                        "broken JSON is 400 with its code and its place",
                        "line and column of the parser",
                        (host, clock) -> {
                            refusesText(host, "{\"a\":\n [1,]}", "DATA201", 2, 5);
                            refusesText(host, "[1] 2", "DATA201", 1, 5);
                        }),
                Rule.of(
                        "HOST-24",
                        "JSON that is not the input is 400 with member, place and way out",
                        "what the codec says of members that are missing, unknown or of another"
                                + " type",
                        HostRefusalRules::refusesOtherInput),
                Rule.of(
                        "HOST-25",
                        "more than 100 header fields are 431, more than 100 parameters 400",
                        "the limits of the host",
                        HostRefusalRules::refusesTooMany),
                Rule.of(
                        "HOST-26",
                        "a query or a deadline that cannot be read is 400",
                        "percent escapes, and numbers in headers",
                        HostRefusalRules::refusesUnreadable));
    }

    private static void refusesOtherMedia(HostBench host, TestClock clock) throws Exception {
        HostAnswer refused = HostAnswer.refused(415, NO_JSON).header("accept", "application/json");
        for (String type :
                List.of("text/plain", "application/xml", "application/json; charset=latin1")) {
            answers(host, post("/echo", "1").header("content-type", type), refused);
        }
        answers(host, HostRequest.of("POST", "/echo").body("1"), refused);
        answers(
                host,
                post("/echo", "1").header("content-encoding", "gzip"),
                HostAnswer.refused(415, "the body must not be compressed")
                        .header("accept-encoding", "identity"));
        answers(host, post("/echo", "1").header("content-encoding", "identity"), "1");
    }

    /** The words of parsers differ, and so does what they call the place besides its line. */
    private static void refusesText(HostBench host, String json, String code, int line, int column)
            throws Exception {
        HostAnswer answer = host.send(post("/echo", json));
        String place = "\"line\":" + line + ",\"column\":" + column + ",\"suggestion\":\"";
        Expect.that(
                "'" + answer.text() + "' has code and place",
                answer.text().startsWith("{\"error\":\"not JSON: ")
                        && answer.text().contains("\",\"code\":\"" + code + "\",\"details\":{")
                        && answer.text().contains(place));
        Expect.equal(json, HostAnswer.json(400, ""), answer.text(""));
    }

    private static void refusesOtherInput(HostBench host, TestClock clock) throws Exception {
        answers(
                host,
                post("/greet/x", "{\"time\":4}"),
                HostAnswer.json(
                        400,
                        "{\"error\":\"member 'times' is missing\",\"code\":\"DATA204\",\"details\":"
                                + "{\"pointer\":\"/times\",\"suggestion\":"
                                + "\"is 'time' meant to be 'times'?\"},"
                                + "\"requestId\":\"fixed-id\"}"));
        for (String json :
                List.of(
                        "{\"name\":\"x\"}",
                        "{\"name\":\"x\",\"times\":\"two\"}",
                        "{\"name\":\"x\",\"times\":2.5}",
                        "{\"name\":\"x\",\"times\":99999999999}",
                        "{\"name\":null,\"times\":1}",
                        "[1]",
                        "")) {
            HostAnswer answer = host.send(post("/greet", json));
            Expect.equal("the status of " + json, 400, answer.status());
            Expect.that(
                    "'" + answer.text() + "' has a code of data",
                    answer.text().contains("\"code\":\"DATA20"));
        }
    }

    private static void refusesTooMany(HostBench host, TestClock clock) throws Exception {
        HostRequest request = get("/parameters/x");
        StringBuilder query = new StringBuilder("?a0=");
        for (int i = 1; i <= 100; i++) {
            request = request.header("x-field-" + i, "1");
            query.append("&a").append(i).append('=');
        }
        answers(host, request, HostAnswer.refused(431, "more than 100 header fields"));
        answers(
                host,
                get("/parameters/x" + query),
                HostAnswer.refused(400, "more than 100 query parameters"));
        String most = query.substring(0, query.lastIndexOf("&"));
        Expect.equal("a hundred", 200, host.send(get("/parameters/x" + most)).status());
    }

    private static void refusesUnreadable(HostBench host, TestClock clock) throws Exception {
        for (String value : List.of("soon", "-1", "1.5", "9999999999999")) {
            answers(
                    host,
                    post("/echo", "1").header("x-deadline-ms", value),
                    HostAnswer.json(
                            400,
                            "{\"error\":\"header x-deadline-ms must be a whole number of"
                                    + " milliseconds\",\"code\":\"HTTP400\",\"details\":"
                                    + "{\"pointer\":\"\",\"suggestion\":"
                                    + "\"send for example x-deadline-ms: 500\"},"
                                    + "\"requestId\":\"fixed-id\"}"));
        }
    }
}
