package dev.flowir.examples.taskrunner;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The five rows of the intent, checked against a task runner that runs, over HTTP only. */
final class Verify {

    private static final Pattern TASK_ID = Pattern.compile("\"taskId\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    private final @Nullable String token;
    private final PrintStream out;
    private final HttpClient http = HttpClient.newHttpClient();
    private int failed;

    private Verify(URI base, @Nullable String token, PrintStream out) {
        this.base = base;
        this.token = token;
        this.out = out;
    }

    /**
     * Prints a line per row; 0 when all hold, 1 otherwise.
     *
     * @param token sent with posts, when there is one
     */
    static int run(URI base, @Nullable String token, PrintStream out) throws InterruptedException {
        if (base.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + base + "' is no URL; write it like http://localhost:8080");
        }
        out.println("checking " + base);
        Verify verify = new Verify(base, token, out);
        try {
            verify.rows();
        } catch (IOException unreachable) {
            out.println("FAIL  " + base + " does not answer: " + unreachable);
            return 1;
        }
        return verify.failed == 0 ? 0 : 1;
    }

    private void rows() throws IOException, InterruptedException {
        HttpResponse<String> absent = get("/task/none");
        row(
                "status store answers",
                "404",
                absent.statusCode() + " " + absent.body(),
                absent.statusCode() == 404);
        HttpResponse<String> letters = get("/dead-letters");
        row(
                "queue and dead-letter queue",
                "200",
                letters.statusCode() + "",
                letters.statusCode() == 200);
        HttpResponse<String> posted = post("{\"work\":\"verify\"}");
        String taskId = first(TASK_ID, posted.body());
        row(
                "POST /task",
                "200 with a taskId",
                posted.statusCode() + " " + taskId,
                posted.statusCode() == 200 && !taskId.isEmpty());
        String status = poll(taskId, "completed"::equals);
        row("GET /task/:id", "completed", status, status.equals("completed"));
        String poison = first(TASK_ID, post("{\"work\":\"poison\"}").body());
        String end = poll(poison, "failed"::equals);
        boolean buried = get("/dead-letters").body().contains(poison);
        row(
                "poison becomes a dead letter",
                "failed, 1 letter",
                end + ", " + (buried ? 1 : 0) + " letter",
                end.equals("failed") && buried);
    }

    private void row(String check, String expected, String observed, boolean holds) {
        if (!holds) {
            failed++;
        }
        out.printf(
                "%s  %-30s expected: %-20s observed: %s%n",
                holds ? "ok  " : "FAIL", check, expected, observed);
    }

    private String poll(String taskId, Predicate<String> enough)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String status = "";
        while (!enough.test(status) && System.nanoTime() < end) {
            status = first(STATUS, get("/task/" + taskId).body());
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return status;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/task"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
