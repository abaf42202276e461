package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.Frame;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.object.log.Slow;
import dev.flowir.object.log.Subscription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A running one with its model and its tools, and what a client does with it. */
final class Cos implements AutoCloseable {

    /** Only against hanging. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final LocalModel model;
    final LocalTools tools;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Settings settings;
    private MicroCos running;

    private Cos(Path data, Map<String, String> more, UnaryOperator<Settings> change)
            throws Exception {
        model = LocalModel.start();
        tools = LocalTools.start();
        Map<String, String> variables = new HashMap<>(more);
        variables.putAll(Map.of("PORT", "0", "DATA_DIR", data.toString()));
        settings = change.apply(Settings.from(variables, model.url(), tools.url()));
        running = MicroCos.start(settings);
    }

    static Cos in(Path data) throws Exception {
        return in(data, settings -> settings);
    }

    static Cos in(Path data, UnaryOperator<Settings> change) throws Exception {
        return in(data, Map.of(), change);
    }

    static Cos in(Path data, Map<String, String> more, UnaryOperator<Settings> change)
            throws Exception {
        return new Cos(data, more, change);
    }

    MicroCos running() {
        return running;
    }

    /** Ends it and starts it again on the same data. */
    void restart() throws Exception {
        restart(same -> same);
    }

    /** Ends it and starts it otherwise on the same data. */
    void restart(UnaryOperator<Settings> change) throws Exception {
        running.close();
        running = MicroCos.start(change.apply(settings));
    }

    /** While it is not running. */
    @FunctionalInterface
    interface Meanwhile {
        void work(Path data) throws Exception;
    }

    /** Ends it, and starts it again when something is done to its data. */
    void restartAfter(Meanwhile meanwhile) throws Exception {
        running.close();
        meanwhile.work(settings.data());
        running = MicroCos.start(settings);
    }

    /** Something that is done many times at once. */
    @FunctionalInterface
    interface Often<T> {
        T once(int number) throws Exception;
    }

    /** What became of something that was done many times at once. */
    static <T> List<T> together(int times, Often<T> often) throws InterruptedException {
        List<T> all = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int number = i;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            all.add(often.once(number));
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(times, all.size(), "each of them ends well");
        return List.copyOf(all);
    }

    /** Reads or changes a chat as its own code does. */
    <T> T inside(String user, ObjectViewRef.Call<EventLog<Chat, Said>, T, RuntimeException> work) {
        return running.objects().of(running.logs().type()).named(user).call(work);
    }

    /** An answer. */
    record Reply(int status, String body) {

        JsonValue json() throws Exception {
            return JsonCodecs.strict()
                    .of(Type.of(JsonValue.class))
                    .decode(body.getBytes(StandardCharsets.UTF_8));
        }

        String text(String name) throws Exception {
            return switch (member(json(), name)) {
                case JsonValue.Text(String value) -> value;
                case JsonValue.Num(String number) -> number;
                default -> throw new AssertionError(name + " of " + body);
            };
        }
    }

    static JsonValue member(JsonValue value, String name) {
        if (value instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.containsKey(name)) {
            return members.get(name);
        }
        throw new AssertionError("no '" + name + "' in " + value);
    }

    URI at(String path) {
        return running.url().resolve(path);
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(PATIENCE);
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.header("content-type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Reply(answer.statusCode(), answer.body());
    }

    /** Posts what has to be accepted. */
    Reply post(String path, String body) throws IOException, InterruptedException {
        Reply reply = send("POST", path, body);
        assertEquals(202, reply.status(), reply.body());
        return reply;
    }

    Chat chat(String user) {
        return inside(user, EventLog::state);
    }

    List<Envelope<Said>> events(String user) {
        return inside(user, log -> log.events(0, 500));
    }

    List<Said> said(String user, String type) {
        return events(user).stream()
                .filter(event -> event.type().equals(type))
                .map(Envelope::payload)
                .toList();
    }

    static Chat reduced(Chat from, List<Envelope<Said>> events) {
        Chat chat = from;
        for (Envelope<Said> event : events) {
            chat = Chat.reduce(chat, event);
        }
        return chat;
    }

    /** Waits until the chat is as wanted. */
    Chat await(String user, Predicate<Chat> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Subscription<Chat, Said> frames =
                running.logs()
                        .subscribe(
                                running.objects().of(running.logs().type()).named(user),
                                Slow.TO_SNAPSHOT)) {
            Chat chat = Chat.EMPTY;
            while (System.nanoTime() < end) {
                chat =
                        switch (frames.next(PATIENCE).orElseThrow(() -> stuck(user))) {
                            case Frame.State<Chat, Said>(LogSnapshot<Chat> snapshot) ->
                                    snapshot.state();
                            case Frame.Event<Chat, Said>(Envelope<Said> event) ->
                                    Chat.reduce(chat, event);
                            case Frame.Ended<Chat, Said> ended ->
                                    throw new AssertionError("ended: " + ended.why());
                        };
                if (wanted.test(chat)) {
                    return chat;
                }
            }
            throw new AssertionError("within " + PATIENCE + " it only came to " + chat);
        }
    }

    private AssertionError stuck(String user) {
        return new AssertionError(
                "nothing more came after "
                        + events(user)
                        + "; runs: "
                        + running.runs().list(List.of(RunState.values()), 100));
    }

    /** Waits until no run is under way. */
    void settle() throws InterruptedException {
        assertTrue(running.runs().awaitIdle(PATIENCE), "runs come to rest");
    }

    static Predicate<Chat> answered(int answers) {
        return chat ->
                chat.messages().stream()
                                .filter(message -> message.role() == Chat.Role.ASSISTANT)
                                .count()
                        == answers;
    }

    /** Waits until a chat has an answer, or whatever else is wanted, and nothing is under way. */
    Chat settled(String user, Predicate<Chat> wanted) throws InterruptedException {
        await(user, wanted);
        settle();
        return chat(user);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        running.close();
        model.close();
        tools.close();
        client.close();
    }
}
