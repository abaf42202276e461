package dev.flowir.servlet;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.form.FormException;
import dev.flowir.kernel.form.FormHost;
import dev.flowir.kernel.form.FormReader;
import dev.flowir.kernel.form.TakenForm;
import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a form on a virtual thread while it comes, its files on their way into the route's sink,
 * and then starts the flow. Of a form that is refused, breaks off or takes too long nothing is
 * kept.
 */
final class FormArrival implements FormHost {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    private static final String BROKEN = "the body is broken or incomplete";

    private final FlowCall<?, ?> call;
    private final FormOptions options;
    private final Duration bodyTimeout;
    private final ArrivingBody body;
    private final FormReader reader;

    private FormArrival(
            FlowCall<?, ?> call,
            FormOptions options,
            Duration bodyTimeout,
            ArrivingBody body,
            InputStream source,
            String boundary) {
        this.call = call;
        this.options = options;
        this.bodyTimeout = bodyTimeout;
        this.body = body;
        this.reader =
                new FormReader(
                        source,
                        boundary,
                        call.route().reader().form(),
                        options.files(),
                        options.limits(),
                        this);
    }

    /** Starts the flow when its form is there. */
    static void await(
            FlowCall<?, ?> call, FormOptions options, HttpServletRequest request, Duration timeout)
            throws IOException {
        ArrivingBody body =
                new ArrivingBody(request.getInputStream(), timeout, options.limits().within());
        boolean follows = Leftover.mayFollow(request);
        FormArrival arrival =
                new FormArrival(
                        call,
                        options,
                        timeout,
                        body,
                        follows ? body : InputStream.nullInputStream(),
                        FormReader.boundary(request.getContentType()));
        if (follows) {
            request.getInputStream().setReadListener(body);
        } else {
            body.onAllDataRead();
        }
        call.exchange().onCancel(() -> body.stop("nobody waits for an answer"));
        Thread.ofVirtual().name("flow-http-form").start(arrival::run);
    }

    private void run() {
        if (!options.slots().tryAcquire()) {
            refuse(Host.full(call.exchange().head(), "forms at the same time"));
            return;
        }
        TakenForm form = null;
        try {
            form = reader.take();
        } catch (FormException refused) {
            refuse(refused);
        } catch (ArrivingBody.Slow slow) {
            answer(error(408, "the body is too slow").closing());
        } catch (IOException broken) {
            LOG.debug("form broken, id={}: {}", id(), broken.toString());
            answer(isShuttingDown() ? draining() : error(400, BROKEN).closing());
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("cannot take the form of {}", call.exchange().head(), bug);
            answer(error(500, "internal error").closing());
        } finally {
            options.slots().release();
        }
        if (form == null) {
            return;
        }
        if (isShuttingDown()) {
            form.discard();
            answer(draining());
        } else {
            call.guarded(new Form(form));
        }
    }

    private boolean isShuttingDown() {
        return call.exchange().isCancelled() && !call.exchange().isGone();
    }

    private Reply draining() {
        return Host.draining(call.exchange().head());
    }

    private void refuse(FormException refused) {
        refuse(Reply.error(refused.envelope(id())));
    }

    /** Answers when the rest was thrown away, so that the client gets to read its answer. */
    private void refuse(Reply reply) {
        Leftover.End how = body.discard(bodyTimeout);
        answer(how == Leftover.End.CUT ? reply.closing() : reply);
    }

    private Reply error(int status, String why) {
        return Reply.error(Envelope.of(status, why, id()));
    }

    private void answer(Reply reply) {
        body.stop("answered");
        call.exchange().answer(reply);
    }

    private String id() {
        return call.exchange().head().requestId();
    }

    @Override
    public Sum sha256() {
        return new Sha256();
    }

    @Override
    public void failed(String what, Throwable why) {
        LOG.error("{}, id={}", what, id(), why);
    }

    /** As every JDK has it. */
    private static final class Sha256 implements Sum {
        private final MessageDigest digest;

        Sha256() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }

        @Override
        public void add(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** A form that is there. */
    private record Form(TakenForm taken) implements Arrived {

        @Override
        public <I> I input(PayloadReader<I> reader, RequestHead head, Map<String, String> extras)
                throws CodecException {
            return reader.readForm(taken, head, extras);
        }

        @Override
        public void keep() throws FormException {
            taken.keep();
        }

        @Override
        public void discard() {
            taken.discard();
        }
    }
}
