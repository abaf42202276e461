package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.wasm.json.FormBook;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** Where a request enters the program that TeaVM made. */
public final class EdgeMain {

    private static @Nullable EdgeHost host;

    private EdgeMain() {}

    /**
     * Does nothing: work before the first request would be work at module scope.
     *
     * @param args not looked at
     */
    public static void main(String[] args) {}

    /**
     * Answers one request through {@code call}.
     *
     * @param js functions of the platform
     * @param call the request and its answer
     */
    @JSExport
    static void fetch(JsPlatform js, JsCall call) {
        JsIsolate platform = Isolate.enter(js);
        platform.spawn(() -> serve(platform, call));
    }

    /**
     * Takes a batch of messages.
     *
     * @param js functions of the platform
     * @param batch the messages
     */
    @JSExport
    static void queue(JsPlatform js, JsBatch batch) {
        JsIsolate platform = Isolate.enter(js);
        platform.spawn(() -> consume(platform, batch));
    }

    @OnlyWith(Features.JOBS)
    private static void consume(JsIsolate platform, JsBatch batch) {
        try {
            loaded(platform).jobs().consume(batch);
            batch.over("");
        } catch (RuntimeException | Error bug) {
            batch.over(String.valueOf(bug));
        }
    }

    /**
     * Runs what a schedule asks for.
     *
     * @param js functions of the platform
     * @param firing the moment
     */
    @JSExport
    static void scheduled(JsPlatform js, JsFiring firing) {
        JsIsolate platform = Isolate.enter(js);
        platform.spawn(() -> fire(platform, firing));
    }

    @OnlyWith(Features.JOBS)
    private static void fire(JsIsolate platform, JsFiring firing) {
        try {
            firing.over(loaded(platform).jobs().fire(firing.cron(), (long) firing.atMillis()));
        } catch (RuntimeException | Error bug) {
            firing.over(String.valueOf(bug));
        }
    }

    /**
     * An object is in memory.
     *
     * @param js functions of the platform
     * @param object the object
     */
    @JSExport
    static void object(JsPlatform js, JsObject object) {
        JsIsolate platform = Isolate.enter(js);
        wake(platform, object);
    }

    @OnlyWith(Features.OBJECTS)
    private static void wake(JsIsolate platform, JsObject object) {
        loaded(platform).wake(object);
    }

    private static void serve(JsIsolate platform, JsCall call) {
        String given = call.header("x-request-id");
        String id = given != null && Query.isSafeId(given) ? given : platform.uuid();
        EdgeReply reply;
        JsRequest request = new JsRequest(platform, call);
        try {
            reply = loaded(platform).serve(request, id);
        } catch (RuntimeException | Error bug) {
            platform.log("cannot serve a request, id=" + id + ": " + bug);
            reply = EdgeReply.Whole.error(Envelope.of(500, "internal error", id));
        }
        call.answerHeader("x-request-id", id);
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            call.answerHeader(header.getKey(), header.getValue());
        }
        reply.send(platform, call);
        request.awaitQuiet();
        call.over();
    }

    /**
     * The host, made by the first request. Nothing in here waits, so that of many first requests
     * exactly one makes it; one that fails leaves the making to the next.
     */
    private static EdgeHost loaded(Platform platform) {
        EdgeHost known = host;
        if (known == null) {
            Iterator<EdgeApplication> found = ServiceLoader.load(EdgeApplication.class).iterator();
            if (!found.hasNext()) {
                throw new IllegalStateException("the worker was built without an application");
            }
            known = new EdgeHost(platform, found.next().routes(), FormBook.ofWorker());
            host = known;
        }
        return known;
    }
}
