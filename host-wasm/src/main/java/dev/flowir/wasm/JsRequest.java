package dev.flowir.wasm;

import dev.flowir.kernel.host.Envelope;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request of the platform, until it is answered. */
final class JsRequest implements EdgeRequest {

    private static final Body BROKEN = new Broken();

    private final JsIsolate platform;
    private final JsCall call;
    private final String id;
    private Body body = BROKEN;
    private @Nullable EdgeRun run;

    JsRequest(JsIsolate platform, JsCall call) {
        this.platform = platform;
        this.call = call;
        String given = call.header("x-request-id");
        this.id = given != null && Query.isSafeId(given) ? given : platform.uuid();
    }

    JsIsolate platform() {
        return platform;
    }

    JsCall call() {
        return call;
    }

    // ---- where something can wait

    /** Answers; runs in a coroutine. */
    void serve() {
        EdgeReply reply;
        try {
            reply =
                    switch (EdgeMain.loaded(platform).admit(this, id)) {
                        case EdgeReply.Whole refused -> refused;
                        case EdgeCall admitted -> admitted(admitted);
                    };
        } catch (RuntimeException | Error bug) {
            reply = broken(bug);
        }
        if (reply instanceof EdgeReply.Whole whole) {
            if (run != null && run.isQuiet()) {
                call.over(); // before: what the platform still waits for holds the answer up
            }
            answer(whole);
        } else {
            headers(reply);
            reply.send(platform, call);
        }
        if (run != null) {
            run.awaitQuiet(); // until no body of the request runs any more
        }
        call.over();
    }

    private EdgeReply admitted(EdgeCall admitted) {
        EdgeReply stopped = admitted.stopped();
        if (stopped != null) {
            return stopped;
        }
        return admitted.wantsBody()
                ? admitted.run(body(admitted.maxBodyBytes()))
                : admitted.run("");
    }

    private Body body(int maxBytes) {
        JsIsolate.Arrival read = platform.parking();
        call.body(
                maxBytes,
                (state, text) -> {
                    body = of(state, text);
                    read.arrived();
                });
        read.park();
        return body;
    }

    // ---- where nothing waits

    /** Answers at once, or when the body is there. */
    void begin() {
        try {
            switch (EdgeMain.loaded(platform).admit(this, id)) {
                case EdgeReply.Whole refused -> answer(refused);
                case EdgeCall admitted -> begin(admitted);
            }
        } catch (RuntimeException | Error bug) {
            answer(broken(bug));
        }
    }

    private void begin(EdgeCall admitted) {
        EdgeReply stopped = admitted.stopped();
        if (stopped != null) {
            answer((EdgeReply.Whole) stopped);
        } else if (admitted.wantsBody()) {
            call.body(admitted.maxBodyBytes(), (state, text) -> finish(admitted, of(state, text)));
        } else {
            answer((EdgeReply.Whole) admitted.run(""));
        }
    }

    private void finish(EdgeCall admitted, Body read) {
        EdgeReply.Whole reply;
        try {
            reply = (EdgeReply.Whole) admitted.run(read);
        } catch (RuntimeException | Error bug) {
            reply = broken(bug);
        }
        answer(reply);
    }

    // ---- both

    private static Body of(int state, String text) {
        return switch (state) {
            case JsCall.WHOLE -> new Whole(text);
            case JsCall.TOO_LARGE -> new TooLarge();
            case JsCall.NOT_TEXT -> new NotText();
            default -> BROKEN;
        };
    }

    private EdgeReply.Whole broken(Throwable bug) {
        EdgeLog.of("cannot serve a request: " + bug).request(id).to(platform);
        return EdgeReply.Whole.error(Envelope.of(500, "internal error", id));
    }

    private void answer(EdgeReply.Whole reply) {
        if (reply.isPlain()) {
            call.json(reply.status(), id, reply.body());
        } else {
            headers(reply);
            call.answer(reply.status(), reply.body());
        }
    }

    private void headers(EdgeReply reply) {
        call.answerHeader("x-request-id", id);
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            call.answerHeader(header.getKey(), header.getValue());
        }
    }

    // ---- what the host asks

    @Override
    public String method() {
        return call.method();
    }

    @Override
    public String path() {
        return call.path();
    }

    @Override
    public String query() {
        return call.query();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(call.header(name));
    }

    @Override
    public int headerCount() {
        return call.headerCount();
    }

    @Override
    public void started(EdgeRun started) {
        run = started;
        // Giving a run up may lead to bodies that wait, which only a coroutine can.
        call.onLeave(() -> platform.spawn(() -> started.cancel(EdgeCall.CLIENT_LEFT)));
    }
}
