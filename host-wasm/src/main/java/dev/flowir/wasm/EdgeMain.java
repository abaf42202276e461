package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.wasm.json.FormBook;
import java.util.Iterator;
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
        JsRequest visit = new JsRequest(Isolate.enter(js), call);
        if (atOnce(visit) == null) {
            apart(visit);
        }
    }

    /** Answers without a coroutine; gives null, and does nothing, in workers where one waits. */
    @OnlyWith(value = Features.STILL, optional = true)
    private static @Nullable JsRequest atOnce(JsRequest visit) {
        visit.begin();
        return visit;
    }

    @OnlyWith(Features.WAITING)
    private static void apart(JsRequest visit) {
        visit.platform().spawn(visit::serve);
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

    /**
     * The host, made by the first request. Nothing in here waits, so that of many first requests
     * exactly one makes it; one that fails leaves the making to the next.
     */
    static EdgeHost loaded(Platform platform) {
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
