package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SlowClient;
import dev.flowir.object.SocketLimits;
import dev.flowir.object.SocketOptions;
import dev.flowir.object.StoredKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What sockets of objects do. */
final class ObjectSocketRules {

    private static final SocketOptions DEFAULTS = SocketOptions.defaults();
    private static final SocketLimits LIMITS = SocketLimits.of(LimitProfile.CLOUDFLARE_PROD);
    private static final Type<String> TEXT = Type.of(String.class);

    private ObjectSocketRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-29",
                        "sockets are found by tag",
                        "which tags a socket is kept under",
                        (bench, clock) -> {
                            SocketScene scene = SocketScene.on(bench, DEFAULTS);
                            scene.connect("o", "a");
                            scene.connect("o", "a,b");
                            scene.connect("o", "");
                            scene.connect("other", "a");
                            Expect.equal("tagged a", 2, tagged(scene, "a"));
                            Expect.equal("tagged b", 1, tagged(scene, "b"));
                            Expect.equal("tagged c", 0, tagged(scene, "c"));
                            Expect.equal("open sockets", 4, scene.space().openSockets());
                        }),
                Rule.of(
                        "DO-30",
                        "10 tags of 256 characters, an attachment of 16,384 bytes and an answer of"
                                + " 2048 characters are fine, and more is refused",
                        "where numbers of sockets are compared",
                        ObjectSocketRules::limits),
                Rule.of(
                        "DO-31",
                        "a socket stays open while its object sleeps; a message wakes it, with what"
                                + " was attached",
                        "who holds the sockets: the space, not the object in memory",
                        ObjectSocketRules::sleeps),
                Rule.of(
                        "DO-32",
                        "a text with an answer of its own wakes nobody",
                        "whether the answer is given before the object is called",
                        ObjectSocketRules::answersWithoutWaking),
                Rule.of(
                        "DO-131",
                        "what a call sends leaves when what it wrote is durable, in the order of"
                                + " the turns; of a call that fails nothing leaves",
                        "whether frames wait for the commit of their call, and for those before",
                        ObjectSocketRules::waitsForTheDisk),
                Rule.of(
                        "DO-132",
                        "a client that does not read is disconnected when too much is on its way,"
                                + " and others get everything",
                        "where the bound of the outbox is looked at",
                        ObjectSocketRules::disconnectsSlowClients),
                Rule.of(
                        "DO-133",
                        "or it gets a snapshot in place of what it missed, and then what follows",
                        "what is forgotten, when the handler is asked, and what is sent meanwhile",
                        ObjectSocketRules::sendsSnapshots),
                Rule.of(
                        "DO-134",
                        "a message that is too large, and one socket too many, are refused",
                        "where the sizes are compared, and what stays open",
                        ObjectSocketRules::boundsClients),
                Rule.of(
                        "DO-135",
                        "the end of a socket is told once; failures before it; and the space"
                                + " closes what is open",
                        "what happens to a socket when either side ends it",
                        ObjectSocketRules::ends),
                Rule.of(
                        "DO-136",
                        "a text that is not handled leaves nothing, and its client is told",
                        "what becomes of a text whose handler throws",
                        ObjectSocketRules::saysSorry),
                Rule.of(
                        "DO-137",
                        "a socket is refused outside of its object's turn, in a read, and for a"
                                + " class without a handler",
                        "whether sending asks whose turn it is",
                        ObjectSocketRules::refusesStrangers));
    }

    private static int tagged(SocketScene scene, String tag) {
        return scene.at("o").call(talker -> talker.self().sockets(tag).size());
    }

    private static void limits(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        List<String> tags = new ArrayList<>(Collections.nCopies(9, "t"));
        tags.add("x".repeat(256));
        Expect.equal("10 tags", "", scene.connect("o", String.join(",", tags)).closed());
        tags.add("t");
        Expect.equal(
                "11 tags", "1011 not opened", scene.connect("o", String.join(",", tags)).closed());
        Expect.equal("a long tag", "1011 not opened", scene.connect("o", "x".repeat(257)).closed());
        scene.at("o")
                .call(talker -> {
                    ObjectSocket socket = talker.self().sockets().getFirst();
                    socket.attach(TEXT, "x".repeat(16_382)); // and two quotes
                    refused(
                            "a large attachment",
                            ObjectFault.ATTACHMENT_TOO_LARGE,
                            () -> socket.attach(TEXT, "x".repeat(16_383)));
                    return true;
                });
        DEFAULTS.answering("x".repeat(2048), "y".repeat(2048));
        refused(
                "a long question",
                ObjectFault.BAD_AUTO_RESPONSE,
                () -> DEFAULTS.answering("x".repeat(2049), "y"));
        refused(
                "a long answer",
                ObjectFault.BAD_AUTO_RESPONSE,
                () -> DEFAULTS.answering("x", "y".repeat(2049)));
    }

    private static void sleeps(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        scene.onText((talker, socket, text) -> {
            if (text.startsWith("name ")) {
                socket.attach(TEXT, text.substring(5));
            } else {
                socket.send(socket.attachment(TEXT).orElse("nobody") + ": " + text);
            }
        });
        TestWire wire = scene.connect("o");
        scene.says(wire, "hello");
        scene.says(wire, "name ada");
        clock.advance(java.time.Duration.ofSeconds(30));
        scene.settle();
        scene.space().evict(scene.at("o").id());
        Expect.equal("the socket", "", wire.closed());
        scene.says(wire, "hello");
        Expect.equal("what it got", List.of("nobody: hello", "ada: hello"), wire.got());
        Expect.equal("constructors", 2, scene.made());
    }

    private static void answersWithoutWaking(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS.answering("ping", "pong"));
        TestWire wire = scene.connect("o");
        Expect.that("it is evicted", scene.space().evict(scene.at("o").id()));
        for (int i = 0; i < 1000; i++) {
            wire.says("ping");
        }
        Expect.equal("answers", Collections.nCopies(1000, "pong"), wire.got());
        Expect.equal("constructors", 1, scene.made());
        Expect.equal("awake objects", 0, scene.space().stats().awake());
        scene.says(wire, "ping ");
        Expect.equal("the last", "you said ping ", wire.got().getLast());
    }

    private static void waitsForTheDisk(ObjectBench bench, TestClock clock) throws Exception {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        TestWire wire = scene.connect("o");
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        var first =
                scene.at("o")
                        .send(talker -> {
                            talker.sendAll("1");
                            talker.self().storage().put(StoredKey.of("k", String.class), "v");
                            talker.self()
                                    .inCommit(() -> {
                                        written.countDown();
                                        ObjectScene.await(hold);
                                    });
                            return true;
                        });
        ObjectScene.await(written);
        var second =
                scene.at("o")
                        .send(talker -> {
                            talker.sendAll("2");
                            return true;
                        });
        Expect.equal("before the commit", List.of(), wire.got());
        hold.countDown();
        ObjectScene.await(first);
        ObjectScene.await(second);
        Expect.equal("after it", List.of("1", "2"), wire.got());
        Expect.refused(
                "a call that fails",
                IllegalStateException.class,
                () ->
                        scene.at("o")
                                .call(talker -> {
                                    talker.sendAll("3");
                                    throw new IllegalStateException("no");
                                }));
        scene.at("o")
                .call(talker -> {
                    talker.sendAll("4");
                    ObjectSocket socket = talker.self().sockets().getFirst();
                    return talker.self()
                            .outside(() -> {
                                Expect.equal("outside", "4", wire.got().getLast());
                                socket.send("5");
                                return socket.awaitRoom();
                            });
                });
        Expect.equal("at the end", List.of("1", "2", "4", "5"), wire.got());
    }

    private static void disconnectsSlowClients(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS.with(LIMITS.withOutbox(3, 100)));
        TestWire slow = scene.connect("o");
        TestWire fast = scene.connect("o");
        slow.stall();
        for (int i = 1; i <= 4; i++) { // one is on the wire, and three wait
            sendAll(scene, "m" + i);
        }
        Expect.equal("at the bound", "", slow.closed());
        sendAll(scene, "m5");
        scene.settle();
        Expect.equal("above it", "1013 too slow", slow.closed());
        Expect.equal("the other", List.of("m1", "m2", "m3", "m4", "m5"), fast.got());
        fast.stall();
        sendAll(scene, "m6");
        sendAll(scene, "x".repeat(100));
        Expect.equal("100 bytes", "", fast.closed());
        sendAll(scene, "y");
        scene.settle();
        Expect.equal("101 bytes", "1013 too slow", fast.closed());
        Expect.equal("open sockets", 0, scene.space().openSockets());
    }

    private static void sendAll(SocketScene scene, String text) {
        scene.at("o")
                .call(talker -> {
                    talker.sendAll(text);
                    return true;
                });
    }

    private static void sendsSnapshots(ObjectBench bench, TestClock clock) {
        SocketScene scene =
                SocketScene.on(
                        bench, DEFAULTS.with(LIMITS.withOutbox(3, 100)).with(SlowClient.SNAPSHOT));
        TestWire wire = scene.connect("o");
        wire.stall();
        for (int i = 1; i <= 6; i++) {
            sendAll(scene, "m" + i);
        }
        Expect.equal("while it does not read", List.of("m1"), wire.got());
        wire.read();
        scene.settle();
        sendAll(scene, "m7");
        Expect.equal("then", List.of("m1", "snapshot", "m7"), wire.got());
        Expect.equal("the socket", "", wire.closed());
    }

    private static void boundsClients(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS.with(LIMITS.withClients(2, 10)));
        TestWire first = scene.connect("o");
        TestWire second = scene.connect("o");
        Expect.equal("one too many", "1013 try again later", scene.connect("o").closed());
        scene.says(first, "x".repeat(10));
        Expect.equal("10 bytes", List.of("you said xxxxxxxxxx"), first.got());
        scene.says(first, "x".repeat(11));
        Expect.equal("11 bytes", "1009 more than 10 bytes", first.closed());
        second.says(new byte[11]);
        Expect.equal("11 bytes", "1009 more than 10 bytes", second.closed());
        scene.settle();
        Expect.equal("room again", "", scene.connect("o").closed());
    }

    private static void ends(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        scene.onText((talker, socket, text) -> {
            socket.send("last words");
            socket.close(4000, text);
            Expect.that("it is open until then", socket.isOpen());
            refused("a code of others", ObjectFault.BAD_CLOSE, () -> socket.close(1001, ""));
            refused(
                    "a long reason",
                    ObjectFault.BAD_CLOSE,
                    () -> socket.close(1000, "x".repeat(124)));
        });
        TestWire mine = scene.connect("o");
        scene.says(mine, "enough");
        Expect.equal("what it got", List.of("last words"), mine.got());
        Expect.equal("its end", "4000 enough", mine.closed());
        TestWire theirs = scene.connect("o");
        theirs.leave(1006, "");
        scene.settle();
        Expect.equal("told", List.of("closed 4000 enough", "closed 1006 "), scene.heard());
        Expect.equal("open sockets", 0, scene.space().openSockets());
        TestWire bytes = scene.connect("o");
        bytes.says(new byte[] {1});
        scene.settle();
        Expect.equal("bytes", "4003 only text is understood", bytes.closed());
        TestWire last = scene.connect("o");
        scene.space().close();
        Expect.equal("a space that closes", "1001 going away", last.closed());
    }

    private static void saysSorry(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        scene.onText((talker, socket, text) -> {
            socket.send("never");
            talker.self().storage().put(StoredKey.of("k", String.class), text);
            throw new IllegalStateException("no " + text);
        });
        TestWire wire = scene.connect("o");
        scene.says(wire, "tea");
        Expect.equal("what it got", List.of("sorry: no tea"), wire.got());
        Expect.equal("the socket", "", wire.closed());
        Expect.equal(
                "what is kept",
                Optional.empty(),
                scene.at("o")
                        .call(talker ->
                                talker.self().storage().get(StoredKey.of("k", String.class))));
    }

    private static void refusesStrangers(ObjectBench bench, TestClock clock) {
        SocketScene scene = SocketScene.on(bench, DEFAULTS);
        TestWire wire = scene.connect("o");
        ObjectSocket socket = scene.at("o").call(talker -> talker.self().sockets().getFirst());
        refused("outside of a turn", ObjectFault.MISPLACED, () -> socket.send("x"));
        refused(
                "in the turn of another",
                ObjectFault.MISPLACED,
                () ->
                        scene.at("p")
                                .call(talker -> {
                                    socket.send("x");
                                    return true;
                                }));
        refused(
                "in a read",
                ObjectFault.READ_ONLY,
                () ->
                        scene.at("o")
                                .read(talker -> {
                                    talker.sendAll("x");
                                    return true;
                                }));
        Expect.equal("what it got", List.of(), wire.got());
        Expect.equal(
                "a class without",
                ObjectFault.NO_SOCKETS,
                Expect.refused(
                                "a class without a handler",
                                ObjectException.class,
                                () -> scene.space().wires(scene.deaf(), request -> "o"))
                        .fault());
    }
}
