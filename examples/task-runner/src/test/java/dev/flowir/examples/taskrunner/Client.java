package dev.flowir.examples.taskrunner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Talks to a task runner over HTTP only, so that it fits any binding. */
final class Client implements AutoCloseable {

    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");

    /** One status change as the event stream told it. */
    record Change(String taskId, String status) {}

    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    Client(URI base) {
        this.base = base;
    }

    /** Where it talks to. */
    URI base() {
        return base;
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send("POST", "/task", body, "Content-Type", "application/json");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Posts and returns the id; fails when the task was not accepted. */
    String accepted(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    "POST /task answered " + answer.statusCode() + " " + answer.body());
        }
        return member(answer.body(), "taskId");
    }

    String status(String taskId) throws IOException, InterruptedException {
        return member(get("/task/" + taskId).body(), "status");
    }

    /** Waits until a task has one of the statuses. */
    void awaitStatus(String taskId, Duration limit, String... wanted) {
        await(
                "task " + taskId + " to be " + String.join(" or ", wanted),
                limit,
                () -> {
                    try {
                        return List.of(wanted).contains(status(taskId));
                    } catch (IOException retried) {
                        return false; // the server may be starting; the limit decides
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                });
    }

    /** Starts to record status changes; returns once a change has come through. */
    void record() throws IOException, InterruptedException {
        listen();
        String marker = accepted("{}");
        await("the stream to tell something", Duration.ofSeconds(30), () -> !way(marker).isEmpty());
    }

    private void listen() throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> stream =
                http.send(
                        HttpRequest.newBuilder(base.resolve("/events"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        if (stream.statusCode() != 200) {
            throw new AssertionError("GET /events answered " + stream.statusCode());
        }
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine();
                                line != null;
                                line = lines.readLine()) {
                            if (line.startsWith("data:")) {
                                changes.add(
                                        new Change(member(line, "taskId"), member(line, "status")));
                            }
                        }
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** The statuses that the stream told for one task, in order. */
    List<String> way(String taskId) {
        return changes.stream()
                .filter(change -> change.taskId().equals(taskId))
                .map(Change::status)
                .toList();
    }

    static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + limit + " for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    static String member(String json, String name) {
        Matcher matcher = MEMBER.matcher(json);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2);
            }
        }
        return "";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
