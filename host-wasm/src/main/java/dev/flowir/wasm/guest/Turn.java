package dev.flowir.wasm.guest;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One call, between the thread of an attempt and that of a context. Methods of ports run on the
 * attempt's thread, because handles, interrupts and transactions belong to it.
 */
final class Turn {

    /** What the context's thread says. */
    sealed interface Said {}

    /** The call has ended well. */
    record Answered(String text) implements Said {}

    /** The call has ended otherwise. */
    record Failed(Throwable cause) implements Said {}

    /** The guest calls a method of a port and waits. */
    record Asked(int port, String method, String arguments) implements Said {}

    /** What a method of a port came to. */
    sealed interface Reply {}

    /** It gave this. */
    record Given(String text) implements Reply {}

    /** It threw this. */
    record Threw(Throwable cause) implements Reply {}

    /** {@return the turn in which a context loads its code} */
    static Turn loading() {
        return new Turn("", "", List.of());
    }

    private final String function;
    private final String input;
    private final List<List<String>> ports;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    Turn(String function, String input, List<List<String>> ports) {
        this.function = function;
        this.input = input;
        this.ports = ports;
    }

    // ---- the context's thread

    void loaded() {
        said.add(new Answered(""));
    }

    void take(GuestCode.Loaded code) {
        said.add(new Answered(code.call(function, input, ports, this::ask)));
    }

    void fail(Throwable cause) {
        said.add(new Failed(cause));
    }

    private String ask(int port, String method, String arguments) {
        said.add(new Asked(port, method, arguments));
        try {
            return switch (replies.take()) {
                case Given given -> given.text();
                case Threw threw -> throw new PortFailure(threw.cause());
            };
        } catch (InterruptedException stopped) {
            // The context is being closed; nothing after this is seen by anybody.
            Thread.currentThread().interrupt();
            throw new PortFailure(stopped);
        }
    }

    // ---- the attempt's thread

    Said next() throws InterruptedException {
        return said.take();
    }

    void reply(Reply reply) {
        replies.add(reply);
    }

    /** Carries what a method of a port threw through the guest, which may catch it. */
    static final class PortFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        PortFailure(Throwable cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }
}
