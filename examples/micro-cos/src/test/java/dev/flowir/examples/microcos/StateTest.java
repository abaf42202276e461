package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventIds;
import dev.flowir.object.log.LogException;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The chat as an object: one at a time, from its log alone. */
class StateTest extends Running {

    @Test
    void r4_4_aFlowSaysWhereARequestGoesAndItsTypeWhichRunBegins() throws Exception {
        Chats chats = new Chats(LogObjects.of("chat", Chat.LOG, LogOptions.defaults()).type());
        EventIds ids = new EventIds(InstantSource.system());
        FlowDefinition flow =
                new ChatFlows(chats, new Inlet(chats, ids, (type, work, valid) -> {}).accept())
                        .message()
                        .definition();
        assertEquals(
                List.of("switch"),
                flow.controlSurfaces().stream().map(surface -> surface.kind().wire()).toList());
        List<String> nodes = flow.nodes().stream().map(NodeDefinition::alias).toList();
        assertTrue(nodes.containsAll(List.of("check", "accept", "reject")), nodes + "");

        record Route(String path, String body, String flow) {}
        for (Route route :
                List.of(
                        new Route("messages", "\"text\":\"hi\"", "answer"),
                        new Route("plans", "\"kind\":\"daily\"", "plan-day"),
                        new Route("plans", "\"kind\":\"summary\"", "summary"),
                        new Route("plans", "\"kind\":\"tasks\"", "tasks"),
                        new Route(
                                "calendar",
                                "\"title\":\"Lunch\",\"date\":\"2026-12-24\"",
                                "calendar-date"))) {
            String operation =
                    cos.post("/chats/ada/" + route.path(), "{" + route.body() + "}")
                            .text("operationId");
            assertEquals(route.flow(), cos.running().runs().find(operation).orElseThrow().flow());
        }
        String task = cos.post("/chats/ada/tasks", "{\"title\":\"a\"}").text("operationId");
        assertTrue(cos.running().runs().find(task).isEmpty(), "nothing follows from a task");
        cos.settle();
    }

    /** The chat's class to somebody who does what the log never does. */
    record Rude(ObjectContext self) {}

    /** Does something to the entries of a chat while the application does not run. */
    private void meddle(Consumer<ObjectStorage> how) throws Exception {
        ObjectClass<Rude> rude = ObjectClass.of("chat", Rude::new);
        cos.restartAfter(folder -> {
            try (Store store = Store.open(folder.resolve("cos.db"), StoreOptions.defaults());
                    ObjectSpace space =
                            ObjectSpace.sqlite(
                                    Chats.BINDING,
                                    store,
                                    ObjectOptions.defaults(),
                                    List.of(rude))) {
                space.of(rude)
                        .named("ada")
                        .call(object -> {
                            how.accept(object.self().storage());
                            return true;
                        });
            }
        });
    }

    private static StoredKey<JsonValue> row(long version) {
        return StoredKey.of("log/event/%016x".formatted(version), JsonValue.class);
    }

    @Test
    void r4_9_noRouteChangesAnEventAndWhoDoesItOtherwiseIsFoundOut() throws Exception {
        cos.post("/chats/ada/tasks", "{\"title\":\"one\",\"eventId\":\"e\"}");
        for (String method : List.of("DELETE", "PUT", "PATCH")) {
            int status = cos.send(method, "/chats/ada/events", "{}").status();
            assertTrue(status == 404 || status == 405, method + " " + status);
        }
        meddle(storage -> storage.put(row(1), other(storage.get(row(1)).orElseThrow())));
        LogException found = assertThrows(LogException.class, () -> cos.chat("ada"));
        assertEquals(LogFault.CHANGED, found.fault());
    }

    /** The row with another request. */
    private static JsonValue other(JsonValue row) {
        Map<String, JsonValue> event =
                new LinkedHashMap<>(((JsonValue.Obj) Cos.member(row, "event")).members());
        event.put("request_id", JsonValue.text("another"));
        Map<String, JsonValue> members = new LinkedHashMap<>(((JsonValue.Obj) row).members());
        members.put("event", new JsonValue.Obj(event));
        return new JsonValue.Obj(members);
    }

    @Test
    void r4_10_whatComesAtOnceIsDoneOneAfterTheOther() throws Exception {
        List<Long> versions =
                Cos.together(
                        60,
                        number -> {
                            String task = "{\"title\":\"task " + number + "\"}";
                            return Long.valueOf(cos.post("/chats/ada/tasks", task).text("version"));
                        });
        assertEquals(
                LongStream.rangeClosed(1, 60).boxed().toList(),
                versions.stream().sorted().toList());
        assertEquals(60, cos.chat("ada").tasks().stream().map(Chat.Task::title).distinct().count());
    }

    @Test
    void r4_11_fromAnyPrefixOnTheStateIsTheSame() throws Exception {
        cos.post("/chats/ada/messages", "{\"text\":\"Remind me to call the bank.\"}");
        cos.post("/chats/ada/plans", "{\"kind\":\"daily\"}");
        cos.post("/chats/ada/calendar", "{\"title\":\"Trip to Oslo\",\"date\":\"2026-12-24\"}");
        cos.await("ada", Cos.answered(1));
        Chat whole = cos.settled("ada", chat -> !chat.cards().isEmpty());
        List<Envelope<Said>> events = cos.events("ada");
        Codec<Chat> codec = JsonCodecs.strict().of(Type.of(Chat.class));
        for (int prefix = 0; prefix <= events.size(); prefix++) {
            Chat made = Cos.reduced(Chat.EMPTY, events.subList(0, prefix));
            // as it would be stored, and read again
            Chat stored = codec.decode(codec.encode(made));
            assertEquals(made, stored);
            assertEquals(whole, Cos.reduced(stored, events.subList(prefix, events.size())));
        }
    }

    @Test
    void r4_16_whoComesBackIsServedWithoutTheEventsBeforeTheStoredState() throws Exception {
        int pace = LogOptions.defaults().snapshotEvery();
        int many = 4 * pace + 5;
        cos.inside("ada", log -> FollowTest.tell(log, 0, many));
        Chat before = cos.chat("ada");
        meddle(storage -> {
            for (long version = 1; version <= 4L * pace; version++) {
                storage.delete(row(version).text());
            }
        });
        // whoever read those would find them missing
        assertEquals(before, cos.chat("ada"));
        try (Follower anew = Follower.socket(cos, "ada", "");
                Follower again = Follower.socket(cos, "ada", "?since=" + (many - 3))) {
            assertEquals(List.of((long) many), Follower.versions(anew.until(heard -> true)));
            assertEquals(
                    LongStream.rangeClosed(many - 2, many).boxed().toList(),
                    Follower.versions(again.until(heard -> heard.version() == many)));
        }
    }
}
