package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.SocketHandler;
import dev.flowir.object.SocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What rules of sockets play with: an object that does what its clients' words say. */
final class SocketScene {

    /** An object with sockets. */
    static final class Talker {

        private final ObjectContext self;

        Talker(ObjectContext self) {
            this.self = self;
        }

        ObjectContext self() {
            return self;
        }

        void sendAll(String text) {
            self.sockets().forEach(socket -> socket.send(text));
        }
    }

    /** What happens to a text; settable. */
    interface OnText {
        void on(Talker talker, ObjectSocket socket, String text) throws Exception;
    }

    private final AtomicInteger made = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile OnText onText = (talker, socket, text) -> socket.send("you said " + text);
    private final ObjectClass<Talker> type;
    private final ObjectClass<Talker> deaf = ObjectClass.of("deaf", Talker::new);
    private final ObjectSpace space;

    private SocketScene(ObjectBench bench, SocketOptions options) {
        this.type =
                ObjectClass.of(
                                "talker",
                                self -> {
                                    made.incrementAndGet();
                                    return new Talker(self);
                                })
                        .sockets(new Handler(), options);
        this.space = bench.open(ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD), List.of(type, deaf));
    }

    static SocketScene on(ObjectBench bench, SocketOptions options) {
        return new SocketScene(bench, options);
    }

    /** Tags are what the client asks for, separated by commas. */
    private final class Handler implements SocketHandler<Talker> {

        @Override
        public List<String> opened(Talker talker, ObjectSocket socket, WireRequest request) {
            String tags = request.query("tags").orElse("");
            return tags.isEmpty() ? List.of() : List.of(tags.split(",", -1));
        }

        @Override
        public void text(Talker talker, ObjectSocket socket, String text) throws Exception {
            onText.on(talker, socket, text);
        }

        @Override
        public void closed(Talker talker, ObjectSocket socket, int code, String reason) {
            heard.add("closed " + code + " " + reason);
        }

        @Override
        public void failed(Talker talker, ObjectSocket socket, Throwable failure) {
            heard.add("failed " + failure.getMessage());
        }

        @Override
        public void lapsed(Talker talker, ObjectSocket socket) {
            socket.send("snapshot");
        }

        @Override
        public Optional<String> unhandled(String text, Throwable failure) {
            return Optional.of("sorry: " + failure.getMessage());
        }
    }

    void onText(OnText next) {
        onText = next;
    }

    ObjectSpace space() {
        return space;
    }

    ObjectClass<Talker> deaf() {
        return deaf;
    }

    ObjectRef<Talker> at(String name) {
        return space.of(type).named(name);
    }

    int made() {
        return made.get();
    }

    /** What the handler was told of ends and failures. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    TestWire connect(String name, String tags) {
        TestWire wire =
                TestWire.connect(
                        space.wires(type, request -> request.parameter("name")),
                        name,
                        Map.of("tags", tags));
        settle();
        return wire;
    }

    TestWire connect(String name) {
        return connect(name, "");
    }

    void says(TestWire wire, String text) {
        wire.says(text);
        settle();
    }

    void settle() {
        settle(space);
    }

    static void settle(ObjectSpace space) {
        try {
            Expect.that("everything comes to rest", space.awaitIdle(Duration.ofSeconds(30)));
        } catch (InterruptedException e) {
            throw new IllegalStateException("a rule is not interrupted", e);
        }
    }
}
