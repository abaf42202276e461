package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.log.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a client does with chats, by HTTP alone. */
final class EdgeClient implements AutoCloseable {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));
    private static final Codec<Said> SAID = JsonCodecs.strict().of(Type.of(Said.class));
    private static final Codec<Chat> CHAT = JsonCodecs.strict().of(Type.of(Chat.class));

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    EdgeClient(URI address) {
        this.address = address;
    }

    Cos.Reply send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Cos.PATIENCE);
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.header("content-type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Cos.Reply(answer.statusCode(), answer.body());
    }

    /** Posts what has to be accepted. */
    Cos.Reply post(String path, String body) throws IOException, InterruptedException {
        Cos.Reply reply = send("POST", path, body);
        assertEquals(202, reply.status(), reply.body());
        return reply;
    }

    /** The same beside a test. */
    void mustPost(String path, String body) {
        try {
            post(path, body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** The state that a look shows. */
    Chat chat(String user) throws Exception {
        return CHAT.decode(
                JSON.encode(Cos.member(send("GET", "/chats/" + user, "").json(), "chat")));
    }

    /** Follows by a WebSocket. */
    Follower follow(String user, String query) {
        return Follower.socket(client, events(user, query));
    }

    /** Follows by server-sent events, as a browser that comes back: it says what it has seen. */
    Follower listen(String user, String seen) throws Exception {
        return Follower.events(client, events(user, ""), seen);
    }

    private URI events(String user, String query) {
        return address.resolve("/chats/" + user + "/events" + query);
    }

    /** All events from the first on until one is of a type. */
    List<Envelope<Said>> until(String user, String type) throws Exception {
        return until(user, event -> event.type().equals(type));
    }

    List<Envelope<Said>> until(String user, Predicate<Envelope<Said>> last) throws Exception {
        List<Envelope<Said>> all = new ArrayList<>();
        try (Follower events = follow(user, "?since=0")) {
            for (String text = events.nextOrEnd(); !text.isEmpty(); text = events.nextOrEnd()) {
                all.add(envelope(Follower.Heard.of(text).what()));
                if (last.test(all.getLast())) {
                    return all;
                }
            }
        }
        throw new AssertionError("it only came to " + all);
    }

    private static Envelope<Said> envelope(JsonValue event) throws CodecException {
        return new Envelope<>(
                word(event, "event_id").orElseThrow(),
                Long.parseLong(((JsonValue.Num) Cos.member(event, "version")).text()),
                Instant.parse(word(event, "timestamp").orElseThrow()),
                word(event, "type").orElseThrow(),
                SAID.decode(JSON.encode(Cos.member(event, "payload"))),
                word(event, "request_id"),
                word(event, "operation_id"),
                word(event, "client_action_id"));
    }

    private static Optional<String> word(JsonValue event, String name) {
        Map<String, JsonValue> members = ((JsonValue.Obj) event).members();
        return Optional.ofNullable(members.get(name)).map(it -> ((JsonValue.Text) it).value());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
