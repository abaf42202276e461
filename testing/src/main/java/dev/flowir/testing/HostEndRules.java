package dev.flowir.testing;

import static dev.flowir.testing.HostAnswerRules.answers;
import static dev.flowir.testing.HostRequest.get;
import static dev.flowir.testing.HostRequest.post;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How runs end that give no value, and streams. */
final class HostEndRules {

    private HostEndRules() {}

    static List<Rule<HostBench>> all() {
        return List.of(
                Rule.of(
                        "HOST-40",
                        "a failing body is 500 with its node, and nothing of what it said",
                        "what the envelope takes of an exception",
                        (host, clock) ->
                                answers(
                                        host,
                                        post("/fails", "1"),
                                        HostAnswer.json(
                                                500,
                                                "{\"error\":\"node 'boom' failed\","
                                                        + "\"code\":\"RUN101\",\"details\":"
                                                        + "{\"node\":\"boom\",\"attempts\":1},"
                                                        + "\"requestId\":\"fixed-id\"}"))),
                Rule.of(
                        "HOST-41",
                        "a node beyond its time is stopped, whether it waits or computes",
                        "interrupts, checkpoints, and effects after the end",
                        (host, clock) -> {
                            for (String node : List.of("waits", "spins")) {
                                int before = notes(host, "over: " + node);
                                String path = node.equals("waits") ? "/slow" : "/spins";
                                late(
                                        host,
                                        post(path, "1"),
                                        "node '" + node + "' timed out",
                                        "TIME015",
                                        "\"node\":\"" + node + "\",\"limitMs\":50");
                                awaitNotes(host, "over: " + node, before + 1);
                            }
                            Expect.equal("effects after the end", 0, notes(host, "never"));
                        }),
                Rule.of(
                        "HOST-42",
                        "the deadline of a route is kept, and a client may only lower it",
                        "header x-deadline-ms beside the route's",
                        (host, clock) -> {
                            late(host, post("/hurried", "1"), 50);
                            late(host, post("/hurried", "1").header("x-deadline-ms", "90000"), 50);
                            late(host, post("/hurried", "1").header("x-deadline-ms", "20"), 20);
                            late(host, post("/waits", "1").header("x-deadline-ms", "30"), 30);
                        }),
                Rule.of(
                        "HOST-43",
                        "a capability that is missing is told before anything runs",
                        "what the host has bound",
                        (host, clock) ->
                                answers(
                                        host,
                                        post("/unbound", "1"),
                                        HostAnswer.json(
                                                500,
                                                "{\"error\":\"missing required capabilities\","
                                                        + "\"code\":\"CAP101\",\"details\":"
                                                        + "{\"hints\":[\"resource::kv::write (no"
                                                        + " binding 'nowhere')\"]},"
                                                        + "\"requestId\":\"fixed-id\"}"))),
                Rule.of(
                        "HOST-44",
                        "a stream is sent as events that are counted, and those seen are left out",
                        "frames, and Last-Event-ID",
                        (host, clock) -> {
                            String last = "id: 3\ndata: 3\n\n";
                            answers(
                                    host,
                                    get("/ticks"),
                                    HostAnswer.events(
                                            "id: 1\ndata: 1\n\nid: 2\ndata: 2\n\n" + last));
                            answers(
                                    host,
                                    get("/ticks").header("last-event-id", "2"),
                                    HostAnswer.events(last));
                            answers(
                                    host,
                                    get("/ticks").header("last-event-id", "3"),
                                    HostAnswer.events(""));
                            answers(host, get("/none"), HostAnswer.events(""));
                        }),
                Rule.of(
                        "HOST-45",
                        "a stream that breaks ends with an event that says so, and nothing of why",
                        "items before the break",
                        (host, clock) ->
                                answers(
                                        host,
                                        get("/breaks"),
                                        HostAnswer.events(
                                                "id: 1\ndata: 1\n\nevent: error\ndata:"
                                                        + " {\"error\":\"the stream failed\","
                                                        + "\"code\":\"RUN101\","
                                                        + "\"requestId\":\"fixed-id\"}\n\n"))),
                Rule.of(
                        "HOST-46",
                        "who accepts events is told of a failure by one",
                        "header accept where there is no stream",
                        (host, clock) ->
                                answers(
                                        host,
                                        post("/fails", "1").header("accept", "text/event-stream"),
                                        HostAnswer.events(
                                                "event: error\ndata: {\"error\":\"node 'boom'"
                                                        + " failed\",\"code\":\"RUN101\","
                                                        + "\"details\":{\"node\":\"boom\","
                                                        + "\"attempts\":1},"
                                                        + "\"requestId\":\"fixed-id\"}\n\n"))),
                Rule.of(
                        "HOST-47",
                        "a client that leaves a stream stops its flow",
                        "who finds out that nobody listens",
                        (host, clock) -> {
                            int before = notes(host, "over: endless");
                            host.leave(get("/endless"), "data: 3\n");
                            awaitNotes(host, "over: endless", before + 1);
                        }),
                Rule.<HostBench>of(
                                "HOST-48",
                                "a client that leaves before anything was sent stops its flow",
                                "the server's signal that a client has gone",
                                (host, clock) -> {
                                    int before = notes(host, "over: waits");
                                    host.leave(post("/waits", "1"), "");
                                    awaitNotes(host, "over: waits", before + 1);
                                    Expect.equal("effects after it", 0, notes(host, "never"));
                                })
                        .where("noticesEarlyLeaving()", HostBench::noticesEarlyLeaving));
    }

    private static void late(HostBench host, HostRequest request, int millis) throws Exception {
        late(host, request, "deadline exceeded", "TIME001", "\"deadlineMs\":" + millis);
    }

    private static void late(
            HostBench host, HostRequest request, String error, String code, String details)
            throws Exception {
        HostAnswer answer = host.send(request);
        Expect.that(
                "'" + answer.text() + "' says what was waited for",
                !answer.text().contains("\"waitingFor\":\"\""));
        Expect.equal(
                request.target(),
                HostAnswer.json(
                        504,
                        "{\"error\":\""
                                + error
                                + "\",\"code\":\""
                                + code
                                + "\",\"details\":{"
                                + details
                                + ",\"waitingFor\":\"\"},\"requestId\":\"fixed-id\"}"),
                answer.withoutWaitingFor());
    }

    /** How often a line was noted. */
    static int notes(HostBench host, String line) throws Exception {
        String all = host.send(get("/notes")).text();
        return all.split("\"" + line + "\"", -1).length - 1;
    }

    static void awaitNotes(HostBench host, String line, int times) throws Exception {
        long giveUp = System.nanoTime() + host.patience().toNanos();
        while (notes(host, line) < times) {
            Expect.that("'" + line + "' is noted " + times + " times", System.nanoTime() < giveUp);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
