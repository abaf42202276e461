package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectNamespace;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectReply;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls objects that the platform keeps. */
public final class ProbeWorker implements EdgeApplication {

    private static final CapabilityProvider PROVIDER =
            EdgeBindings.objects("objects", ProbeObject.CLASS);

    /** For the service loader. */
    public ProbeWorker() {}

    /**
     * A call of an object.
     *
     * @param how {@code call}, {@code send} many and wait for all, or {@code stale}
     */
    record Asked(
            String object,
            String call,
            String input,
            Optional<String> how,
            Optional<Integer> limitMillis,
            Optional<Integer> retries) {}

    /** What came of it. */
    record Told(String answer, String fault, String why) {}

    /** What a node that only reads may ask. */
    interface Seen {
        long count();
    }

    /** A handle for objects themselves. */
    static ObjectWriter objects() {
        return PROVIDER.handle(DurableObjects.writer("objects"), Scope.outside("probe"));
    }

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .bind(PROVIDER)
                .route(
                        "POST",
                        "/call",
                        one(
                                Node.effect(
                                        "call",
                                        Asked.class,
                                        Told.class,
                                        DurableObjects.writer("objects"),
                                        (objects, in, ctx) -> told(() -> called(objects, in)))),
                        it -> it)
                .post(
                        "/names",
                        one(
                                Node.effect(
                                        "names",
                                        Asked.class,
                                        Told.class,
                                        DurableObjects.writer("objects"),
                                        (objects, in, ctx) -> told(() -> names(objects, in)))))
                .post(
                        "/look",
                        one(
                                Node.reads(
                                        "look",
                                        Asked.class,
                                        Told.class,
                                        DurableObjects.reader("objects"),
                                        (objects, in, ctx) -> told(() -> looked(objects, in)))));
    }

    private static Flow<Asked, Told> one(Node<Asked, Told> node) {
        return Flow.define("one", "1.0.0", Asked.class, (g, in) -> g.then(in, node));
    }

    private interface Work {
        String run();
    }

    private static Told told(Work work) {
        try {
            return new Told(work.run(), "", "");
        } catch (ObjectException refused) {
            return new Told("", refused.fault().name(), String.valueOf(refused.getMessage()));
        } catch (StaleAttemptException late) {
            return new Told("", "STALE", "");
        }
    }

    private static ObjectCall<ProbeObject, String, String> find(String name) {
        for (ObjectCall<ProbeObject, String, String> call : ProbeObject.CALLS) {
            if (call.name().equals(name)) {
                return call;
            }
        }
        return ObjectCall.of(name, String.class, String.class, (it, in) -> in);
    }

    private static String called(ObjectWriter objects, Asked asked) {
        ObjectRef<ProbeObject> object = objects.of(ProbeObject.CLASS).named(asked.object());
        if (asked.limitMillis().isPresent()) {
            object = object.within(Duration.ofMillis(asked.limitMillis().get()));
        }
        if (asked.retries().isPresent()) {
            object = object.retrying(asked.retries().get());
        }
        ObjectCall<ProbeObject, String, String> call = find(asked.call());
        return switch (asked.how().orElse("call")) {
            case "send" -> {
                List<ObjectReply<String>> replies = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    replies.add(object.send(call, asked.input()));
                }
                List<String> answers = new ArrayList<>();
                for (ObjectReply<String> reply : replies) {
                    answers.add(reply.await());
                }
                yield String.join(",", answers);
            }
            case "stale" -> {
                Scope late = new Scope("flow", "run", "call", 1, "key", () -> false);
                yield PROVIDER.handle(DurableObjects.writer("objects"), late)
                        .of(ProbeObject.CLASS)
                        .named(asked.object())
                        .call(call, asked.input());
            }
            case "code" -> object.call(it -> "code");
            default -> object.call(call, asked.input());
        };
    }

    private static String names(ObjectWriter objects, Asked asked) {
        ObjectNamespace<ObjectRef<ProbeObject>> probes = objects.of(ProbeObject.CLASS);
        String id = probes.idOf(asked.object()).toString();
        return switch (asked.call()) {
            case "same" -> {
                String again = probes.parse(id).toString();
                String fresh = probes.fresh().id().toString();
                yield id.equals(probes.named(asked.object()).id().toString())
                        + " "
                        + id.equals(again)
                        + " "
                        + id.equals(fresh)
                        + " "
                        + id.length()
                        + " "
                        + ProbeObject.made();
            }
            case "parse" -> probes.parse(asked.input()).toString();
            case "byId" -> probes.at(probes.parse(id)).call(ProbeObject.INCREMENT, "1");
            default -> objects.of(ObjectClass.of("other", it -> "")).idOf("a").toString();
        };
    }

    private static String looked(ObjectReader objects, Asked asked) {
        boolean writes = objects instanceof ObjectWriter;
        ObjectView<Seen> view = ObjectView.of(ProbeObject.CLASS, Seen.class);
        return writes + " " + objects.of(view).named(asked.object()).ask(COUNTS, "");
    }

    private static final ObjectCall<Seen, String, String> COUNTS =
            ObjectCall.reading(
                    "counted", String.class, String.class, (it, none) -> Long.toString(it.count()));
}
