package dev.flowir.wasm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of the platform. */
final class JsRequest implements EdgeRequest {

    private final Platform platform;
    private final JsCall call;
    private Body body = new Broken();
    private @Nullable EdgeRun run;

    JsRequest(Platform platform, JsCall call) {
        this.platform = platform;
        this.call = call;
    }

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
    public Body body(int maxBytes) {
        Platform.Parking read = platform.parking();
        call.body(
                maxBytes,
                (state, text) -> {
                    body =
                            switch (state) {
                                case JsCall.WHOLE -> new Whole(text);
                                case JsCall.TOO_LARGE -> new TooLarge();
                                case JsCall.NOT_TEXT -> new NotText();
                                default -> new Broken();
                            };
                    read.unpark();
                });
        read.park();
        return body;
    }

    @Override
    public void started(EdgeRun started) {
        run = started;
        // Giving a run up may lead to bodies that wait, which only a coroutine can.
        call.onLeave(() -> platform.spawn(() -> started.cancel(EdgeCall.CLIENT_LEFT)));
    }

    /** Waits until no body of the request runs any more. */
    void awaitQuiet() {
        if (run != null) {
            run.awaitQuiet();
        }
    }
}
