package dev.flowir.wasm;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SocketHandler;
import dev.flowir.object.SocketOptions;
import dev.flowir.object.StoredKey;
import java.util.List;
import java.util.Optional;

/** Clients who are in one place; what they send are tasks of the tests. */
final class Room {

    private static final Type<String> TEXT = Type.of(String.class);
    private static final StoredKey<Integer> LIVES = StoredKey.of("lives", Integer.class);
    private static final StoredKey<String> ENDS = StoredKey.of("ends", String.class);

    static final ObjectClass<Room> CLASS =
            ObjectClass.of("Room", Room::new)
                    .keeps(LIVES, ENDS)
                    .sockets(new Handler(), SocketOptions.defaults().answering("ping", "pong"));

    private final ObjectContext self;
    private final Cell<Integer> lives;
    private final Cell<String> ends;

    Room(ObjectContext self) {
        this.self = self;
        this.lives = self.cell(LIVES, 0);
        this.ends = self.cell(ENDS, "");
        lives.set(lives.get() + 1);
    }

    private static final class Handler implements SocketHandler<Room> {

        @Override
        public List<String> opened(Room room, ObjectSocket socket, WireRequest request) {
            String name = request.query("name").orElse("");
            if (name.equals("refused")) {
                socket.send("never sent");
                throw new IllegalStateException("not welcome");
            }
            if (name.equals("closed")) {
                socket.close(4001, "not today");
            }
            if (!name.isEmpty()) {
                socket.attach(TEXT, name);
            }
            socket.send(
                    "in "
                            + request.parameter("room")
                            + ", "
                            + request.header("X-Who").orElse("nobody")
                            + (request.kind() == WireRequest.Kind.EVENTS ? ", listening" : ""));
            return request.query("tags").map(tags -> List.of(tags.split(","))).orElse(List.of());
        }

        @Override
        public void text(Room room, ObjectSocket socket, String text) throws Exception {
            int space = text.indexOf(' ');
            String task = space < 0 ? text : text.substring(0, space);
            String about = space < 0 ? "" : text.substring(space + 1);
            switch (task) {
                case "who" ->
                        socket.send(room.lives.get() + " " + name(socket) + " " + socket.tags());
                case "count" ->
                        socket.send(
                                room.self.sockets(about).size()
                                        + " of "
                                        + room.self.sockets().size());
                case "tell" ->
                        room.self.sockets(about).forEach(other -> other.send("told " + about));
                case "lines" ->
                        room.self
                                .sockets()
                                .forEach(other -> other.send(new Frame.Text("one\ntwo", about)));
                case "bytes" ->
                        room.self
                                .sockets(about)
                                .forEach(other -> other.send(new Frame.Bytes(new byte[1])));
                case "large" ->
                        room.self
                                .sockets(about)
                                .forEach(other -> other.send("x".repeat(1_000_000)));
                case "end" -> room.self.sockets(about).forEach(other -> other.close(4000, "over"));
                case "fail" -> {
                    socket.send("lost");
                    room.lives.set(1000);
                    throw new IllegalStateException("on purpose");
                }
                case "attach" -> socket.send(attach(socket, Integer.parseInt(about)));
                case "outside" -> {
                    socket.send("kept");
                    room.self.outside(() -> {
                        socket.send("at once");
                        return true;
                    });
                    throw new IllegalStateException("after it");
                }
                case "close" -> socket.close(4000, about);
                case "misuse" -> socket.close(1001, about);
                case "ends" -> socket.send(room.ends.get());
                default -> socket.send("what is '" + text + "'?");
            }
        }

        private static String name(ObjectSocket socket) {
            return socket.attachment(TEXT).orElse("nobody");
        }

        private static String attach(ObjectSocket socket, int chars) {
            try {
                socket.attach(TEXT, "x".repeat(chars));
                return "attached";
            } catch (ObjectException refused) {
                return refused.fault().name();
            }
        }

        @Override
        public void bytes(Room room, ObjectSocket socket, byte[] bytes) {
            byte[] answer = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                answer[i] = bytes[bytes.length - 1 - i];
            }
            socket.send(new Frame.Bytes(answer));
        }

        @Override
        public void closed(Room room, ObjectSocket socket, int code, String reason) {
            room.ends.set(room.ends.get() + code + " " + reason + " " + name(socket) + ";");
        }

        @Override
        public Optional<String> unhandled(String text, Throwable failure) {
            return Optional.of("not handled: " + text);
        }
    }
}
