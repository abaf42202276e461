package dev.flowir.servlet;

import dev.flowir.kernel.Run;
import dev.flowir.servlet.RequestListener.End;
import dev.flowir.servlet.RequestListener.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, across threads: it is answered once, completed once, and left alone
 * once the container has ended it. A client that leaves cancels the run.
 */
final class Exchange implements AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    /** Reason of a run's cancellation when nobody waits for its answer. */
    static final String CLIENT_LEFT = "the client left";

    private final RequestHead head;
    private final String flow;
    private final long startNanos;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Consumer<End> onEnd;
    private final Consumer<Exchange> onLeave;

    private final AtomicReference<@Nullable AsyncContext> async = new AtomicReference<>();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final AtomicReference<@Nullable String> cancelled = new AtomicReference<>();
    private final AtomicReference<@Nullable Run<?>> run = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> onCancel = new AtomicReference<>();
    private volatile boolean gone;
    private volatile int status;
    private volatile String code = "";

    Exchange(
            RequestHead head,
            String flow,
            long startNanos,
            HttpServletRequest request,
            HttpServletResponse response,
            Consumer<End> onEnd,
            Consumer<Exchange> onLeave) {
        this.head = head;
        this.flow = flow;
        this.startNanos = startNanos;
        this.request = request;
        this.response = response;
        this.onEnd = onEnd;
        this.onLeave = onLeave;
    }

    /** From now on the request outlives the container's call. */
    void goAsync() {
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        started.addListener(this);
        async.set(started);
    }

    RequestHead head() {
        return head;
    }

    /** True when writing makes no sense any more. */
    boolean isGone() {
        return gone;
    }

    /** Binds the run, so that a client that leaves, or has left, cancels it. */
    void started(Run<?> newRun) {
        run.set(newRun);
        String reason = cancelled.get();
        if (reason != null) {
            newRun.cancel(reason);
        }
    }

    /**
     * Cancels the run; where there is none, because the body is not there, answers right away.
     * Before {@link #goAsync()} that is left to the one who calls it: {@link #isCancelled()}.
     */
    void shutDown(String reason, Reply reply) {
        cancel(reason);
        if (async.get() != null && run.get() == null) {
            answer(reply);
        }
    }

    boolean isCancelled() {
        return cancelled.get() != null;
    }

    boolean isAnswered() {
        return answered.get();
    }

    /** Cancels the run, now or as soon as there is one. */
    void cancel(String reason) {
        if (cancelled.compareAndSet(null, reason)) {
            Run<?> bound = run.get();
            if (bound != null) {
                bound.cancel(reason);
            }
            Runnable other = onCancel.get();
            if (other != null) {
                other.run();
            }
        }
    }

    /** Has something else cancelled than a run, now if it was cancelled already. */
    void onCancel(Runnable action) {
        onCancel.set(action);
        if (isCancelled()) {
            action.run();
        }
    }

    /** Answers in full and ends; the first call counts. */
    void answer(Reply reply) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        status = reply.status();
        code = reply.code();
        try {
            reply.writeTo(response, head.version());
        } catch (IOException | IllegalStateException left) {
            leave(left);
        }
        finish(Outcome.ANSWERED);
    }

    /** Claims the answer for an event stream and sends its head; false when it is answered. */
    boolean open(String errorCode) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        status = HttpServletResponse.SC_OK;
        code = errorCode;
        try {
            response.setStatus(status);
            response.setContentType("text/event-stream");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.flushBuffer();
        } catch (IOException | IllegalStateException left) {
            leave(left);
        }
        return true;
    }

    /** Sends bytes of the open stream at once; waits for a slow client. False: it left. */
    boolean send(byte[] bytes) {
        if (gone) {
            return false;
        }
        try {
            ServletOutputStream out = response.getOutputStream();
            out.write(bytes);
            out.flush();
            return !gone;
        } catch (IOException | IllegalStateException left) {
            leave(left);
            return false;
        }
    }

    void failedWith(String errorCode) {
        code = errorCode;
    }

    /** Ends the exchange whatever is being written: the client has its answer only in part. */
    void abort(String errorCode) {
        gone = true;
        code = errorCode;
        finish(Outcome.DISCONNECTED);
    }

    /** Ends the exchange; the first call counts. */
    void finish(Outcome outcome) {
        report(gone ? Outcome.DISCONNECTED : outcome);
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        try {
            Objects.requireNonNull(async.get(), "goAsync() comes first").complete();
        } catch (IllegalStateException ended) {
            LOG.trace("the container ended the request first, id={}", head.requestId(), ended);
        }
        // not left to onComplete: Tomcat forgets it when it has closed the connection before
        onLeave.accept(this);
    }

    private void leave(Exception cause) {
        gone = true;
        LOG.debug("client left, id={}: {}", head.requestId(), cause.toString());
        cancel(CLIENT_LEFT);
    }

    private void report(Outcome outcome) {
        if (reported.compareAndSet(false, true)) {
            Run<?> bound = run.get();
            onEnd.accept(
                    new End(
                            head.requestId(),
                            head.method(),
                            head.route(),
                            flow,
                            Optional.ofNullable(bound).map(Run::id),
                            status,
                            code,
                            outcome,
                            System.nanoTime() - startNanos));
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone = true;
        if (completed.compareAndSet(false, true)) {
            cancel(CLIENT_LEFT);
            report(Outcome.DISCONNECTED);
        }
        onLeave.accept(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone = true;
        cancel("the container timed out");
        finish(Outcome.DISCONNECTED);
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        leave(cause instanceof Exception exception ? exception : new IOException(cause));
        finish(Outcome.DISCONNECTED);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
