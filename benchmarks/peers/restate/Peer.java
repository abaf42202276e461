import dev.restate.sdk.Context;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.JsonSerdes;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Restate's SDK on a local server: {@code Peer RUNS SECONDS INGRESS ADMIN} serves a handler of 20
 * steps, keeps so many calls of it going, and says what the second half of the time gave.
 */
final class Peer {

    private static final int STEPS = 20;
    private static final String PAYLOAD = "x".repeat(198);

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        URI ingress = URI.create(arguments[2] + "/Chain/run");
        URI admin = URI.create(arguments[3] + "/deployments");
        LongAdder done = new LongAdder();
        var runner =
                HandlerRunner.of(
                        (Context context, String input) -> {
                            String at = input;
                            for (int i = 0; i < STEPS; i++) {
                                at = context.run("step", String.class, () -> PAYLOAD);
                                done.increment();
                            }
                            return at;
                        },
                        JacksonSerdeFactory.DEFAULT,
                        HandlerRunner.Options.DEFAULT);
        var handler =
                HandlerDefinition.of(
                        "run",
                        HandlerType.SHARED,
                        JsonSerdes.STRING,
                        JsonSerdes.STRING,
                        runner);
        var service = ServiceDefinition.of("Chain", ServiceType.SERVICE, List.of(handler));
        int port = RestateHttpServer.listen(Endpoint.bind(service), 0);
        HttpClient client = HttpClient.newHttpClient();
        post(client, admin, "{\"uri\":\"http://127.0.0.1:" + port + "\",\"force\":true}");
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; i < runs; i++) {
            Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    post(client, ingress, "\"" + PAYLOAD + "\"");
                }
            });
        }
        Thread.sleep(seconds * 500L);
        long before = done.sum();
        long began = System.nanoTime();
        Thread.sleep(seconds * 500L);
        System.out.println("steps " + (done.sum() - before) + " " + (System.nanoTime() - began));
        System.exit(0);
    }

    private static void post(HttpClient client, URI to, String body) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(to)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(to + ": " + answer.statusCode() + answer.body());
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(to + " did not answer", e);
        }
    }
}
