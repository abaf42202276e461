package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.tool.ToolEndpoint;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kv.KvNamespace;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogOptions;
import dev.flowir.store.Store;
import dev.flowir.testing.FlowTest;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both flows with a crash at every write of their journals in turn: the chat ends the same. */
class CrashTest {

    private static final Work WORK = new Work("ada", "op", "r");

    private final LogObjects<Chat, Said> logs =
            LogObjects.of("chat", Chat.LOG, LogOptions.defaults());
    private final Chats chats = new Chats(logs.type());
    private final Map<Store, ObjectSpace> spaces = new WeakHashMap<>();
    private LocalModel model;
    private LocalTools tools;
    private TextEndpoint llm;
    private ToolEndpoint flights;
    private ToolEndpoint hotels;

    @BeforeEach
    void start() throws Exception {
        model = LocalModel.start();
        tools = LocalTools.start();
        HttpSettings near = HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses());
        llm = TextEndpoint.open("llm", model.url(), TextSettings.openAi("local").with(near));
        ToolSettings calling = ToolSettings.DEFAULT.with(near);
        String mcp = tools.url() + "/mcp";
        flights = ToolEndpoint.open("flights", mcp, calling.reading(Search.FLIGHTS_SEARCH));
        hotels = ToolEndpoint.open("hotels", mcp, calling.reading(Search.HOTEL_SEARCH));
    }

    @AfterEach
    void stop() {
        spaces.values().forEach(ObjectSpace::close);
        llm.close();
        flights.close();
        hotels.close();
        model.close();
        tools.close();
    }

    private Capabilities capabilities(Store store) {
        return Capabilities.of(
                space(store), llm, flights, hotels, KvNamespace.sqlite(Known.BINDING, store));
    }

    private ObjectSpace space(Store store) {
        return spaces.computeIfAbsent(
                store,
                opened ->
                        ObjectSpace.sqlite(
                                Chats.BINDING,
                                opened,
                                ObjectOptions.defaults(),
                                List.of(
                                        logs.type(),
                                        Detector.CLASS,
                                        Profile.CLASS,
                                        Planning.Directory.CLASS)));
    }

    /** What a person sees in the end: the state, without times. */
    private Object seen(Store store) {
        return space(store).of(logs.type()).named("ada").read(log -> shown(log));
    }

    private static Object shown(EventLog<Chat, Said> log) {
        Chat chat = log.state();
        List<String> once =
                log.events(0, 500).stream()
                        .map(Envelope::type)
                        .filter(type -> !type.startsWith("llm.") && !type.startsWith("tool."))
                        .toList();
        return List.of(chat.messages(), chat.drafts(), chat.tasks(), chat.cards(), once);
    }

    @Test
    void r4_27_aCrashAtAnyStageOfAnAnswerEndsTheSame() {
        int faults =
                FlowTest.of(
                                new Answering(
                                                chats,
                                                new Answering.ByObjects(
                                                        (objects, wanted, day) -> {}))
                                        .answer(),
                                new Answering.Question(WORK, "Remind me to call the bank."))
                        .capabilities(this::capabilities)
                        .observing(this::seen)
                        .sweep();
        assertTrue(faults > 5, faults + " faults");
    }

    @Test
    void r4_28_aCrashAtAnyStageOfATripEndsInOneCard() {
        int faults =
                FlowTest.of(
                                new Travel(chats, Settings.Care.USUAL.patience()).travel(),
                                new Travel.Trip(WORK, "Paris", "2026-12-24", 90))
                        .capabilities(this::capabilities)
                        .observing(this::seen)
                        .sweep();
        assertTrue(faults > 5, faults + " faults");
    }
}
