package dev.flowir.wasm;

import dev.flowir.kernel.form.FormHost;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an isolate does for a form: the platform sums its files.
 *
 * @param js the form
 * @param platform has the log
 * @param id id of the request
 */
record EdgeFormHost(JsForm js, Platform platform, String id) implements FormHost {

    @Override
    public Sum sha256() {
        return new Sha256(js.sum());
    }

    @Override
    public void failed(String what, Throwable why) {
        EdgeLog.of(what + ": " + why).request(id).to(platform);
    }

    private static final class Sha256 implements Sum {
        private final JsForm.Sum sum;
        private final Waiting waiting = new Waiting();
        private @Nullable String hex;
        private @Nullable String failed;

        Sha256(JsForm.Sum sum) {
            this.sum = sum;
        }

        @Override
        public void add(byte[] bytes, int offset, int length) {
            sum.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public String hex() throws IOException {
            sum.hex(
                    text -> {
                        hex = text;
                        waiting.changed();
                    },
                    why -> {
                        failed = why;
                        waiting.changed();
                    });
            try {
                waiting.until(() -> hex != null || failed != null, Long.MAX_VALUE);
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("given up while a file was summed");
            }
            String text = hex;
            if (text == null) {
                throw new IOException("a file cannot be summed: " + failed);
            }
            return text;
        }
    }
}
