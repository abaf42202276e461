package dev.flowir.wasm;

/** Sends text to a client, waiting while it does not take any. */
final class JsSink implements EdgeReply.Sink {
    private final Platform platform;
    private final JsCall.Writer writer;

    JsSink(Platform platform, JsCall.Writer writer) {
        this.platform = platform;
        this.writer = writer;
    }

    @Override
    public boolean send(String text) {
        Platform.Parking sent = platform.parking();
        boolean[] answer = new boolean[1];
        writer.send(
                text,
                there -> {
                    answer[0] = there;
                    sent.unpark();
                });
        sent.park();
        return answer[0];
    }

    @Override
    public void close() {
        writer.close();
    }

    @Override
    public void abort() {
        writer.abort();
    }
}
