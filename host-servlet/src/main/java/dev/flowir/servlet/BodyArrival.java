package dev.flowir.servlet;

import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a request's body without holding a thread of the container, then starts its flow. */
final class BodyArrival implements BodyReader.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    private final FlowCall<?, ?> call;
    private final Exchange exchange;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch settled = new CountDownLatch(1);

    private BodyArrival(FlowCall<?, ?> call) {
        this.call = call;
        this.exchange = call.exchange();
    }

    /** Starts the flow when the body is there, which must be within {@code limit}. */
    static void await(FlowCall<?, ?> call, HttpServletRequest request, Duration limit)
            throws IOException {
        if (!Leftover.mayFollow(request)) {
            call.start(new byte[0]);
            return;
        }
        BodyArrival arrival = new BodyArrival(call);
        request.getInputStream()
                .setReadListener(
                        new BodyReader(
                                request.getInputStream(),
                                call.route().options().maxBodyBytes(),
                                limit,
                                arrival));
        Thread.ofVirtual().name("flow-http-body").start(() -> arrival.endAfter(limit));
    }

    @Override
    public void complete(byte[] body) {
        if (end()) {
            call.start(body);
        }
    }

    @Override
    public void tooLarge(Leftover.End how) {
        if (end()) {
            Reply refusal = tooLarge(call.route(), exchange.head().requestId());
            exchange.answer(how == Leftover.End.CUT ? refusal.closing() : refusal);
        }
    }

    @Override
    public void broken(Throwable cause) {
        if (end()) {
            LOG.debug("body broken, id={}: {}", exchange.head().requestId(), cause.toString());
            refuse(400, "the body is broken or incomplete");
        }
    }

    /** Answers for a client that does not get done with its body. */
    private void endAfter(Duration limit) {
        try {
            if (!settled.await(limit.toNanos(), TimeUnit.NANOSECONDS) && end()) {
                refuse(408, "the body is too slow");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(int status, String reason) {
        exchange.answer(
                Reply.error(Envelope.of(status, reason, exchange.head().requestId())).closing());
    }

    /** True for the one who may end the wait. */
    private boolean end() {
        settled.countDown();
        return ended.compareAndSet(false, true);
    }

    static Reply tooLarge(FlowRoute<?, ?> route, String requestId) {
        return Reply.error(
                Envelope.of(
                        413,
                        "the body is larger than " + route.options().maxBodyBytes() + " bytes",
                        requestId));
    }
}
