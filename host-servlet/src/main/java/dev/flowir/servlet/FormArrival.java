package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.FileSink.Received;
import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a form on a virtual thread while it comes, its files on their way into the route's sink,
 * and then starts the flow. Of a form that is refused, breaks off or takes too long nothing is
 * kept.
 */
final class FormArrival {

    private static final Logger LOG = LoggerFactory.getLogger(FlowServlet.class);

    private static final String BROKEN = "the body is broken or incomplete";

    private final FlowCall<?, ?> call;
    private final FormOptions options;
    private final FormShape shape;
    private final Duration bodyTimeout;
    private final ArrivingBody body;
    private final FormParser parser;
    private final ArrivedForm form = new ArrivedForm();
    private int textBytes;

    private FormArrival(
            FlowCall<?, ?> call,
            FormOptions options,
            Duration bodyTimeout,
            ArrivingBody body,
            InputStream source,
            String boundary) {
        this.call = call;
        this.options = options;
        this.shape = call.route().reader().form();
        this.bodyTimeout = bodyTimeout;
        this.body = body;
        this.parser = new FormParser(source, boundary, options.limits());
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
                        boundary(request.getContentType()));
        if (follows) {
            request.getInputStream().setReadListener(body);
        } else {
            body.onAllDataRead();
        }
        call.exchange().onCancel(() -> body.stop("nobody waits for an answer"));
        Thread.ofVirtual().name("flow-http-form").start(arrival::run);
    }

    /** The boundary of a form, or why it is none. */
    static String boundary(@Nullable String contentType) throws FormException {
        String type = contentType == null ? "" : contentType;
        if (!HeaderValue.token(type).equals("multipart/form-data")) {
            throw new FormException(
                    415,
                    FormException.NO_FORM,
                    "the body must be multipart/form-data",
                    "send a form, in HTML with enctype=\"multipart/form-data\"");
        }
        return HeaderValue.parameters(type)
                .map(all -> all.getOrDefault("boundary", ""))
                .filter(FormArrival::isBoundary)
                .orElseThrow(() ->
                        new FormException(
                                400,
                                FormException.NO_BOUNDARY,
                                "the content type has no boundary of 1 to 70 characters",
                                "leave Content-Type to whatever makes the form"));
    }

    private static boolean isBoundary(String text) {
        return !text.isEmpty()
                && text.length() <= 70
                && !text.endsWith(" ")
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private void run() {
        if (!options.slots().tryAcquire()) {
            refuse(Host.full(call.exchange().head(), "forms at the same time"));
            return;
        }
        boolean arrived = false;
        try {
            take();
            arrived = true;
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
            if (!arrived) {
                form.discard();
            }
        }
        if (arrived && isShuttingDown()) {
            form.discard();
            answer(draining());
        } else if (arrived) {
            call.guarded(form);
        }
    }

    private boolean isShuttingDown() {
        return call.exchange().isCancelled() && !call.exchange().isGone();
    }

    private Reply draining() {
        return Host.draining(call.exchange().head());
    }

    private void take() throws IOException {
        for (PartHead head = parser.next(); head != null; head = parser.next()) {
            FormShape.Field field = field(head);
            if (!field.isFile()) {
                form.texts.computeIfAbsent(head.field(), name -> new ArrayList<>()).add(text(head));
            } else if (!isEmptyInput(head)) {
                take(head, field);
            }
        }
    }

    private FormShape.Field field(PartHead head) throws FormException {
        Optional<FormShape.Field> found = shape.field(head.field());
        if (found.isEmpty()) {
            throw wrong(
                    head,
                    FormException.UNKNOWN_FIELD,
                    "the form has no field '" + FormException.shown(head.field()) + "'",
                    "fields are " + String.join(", ", shape.names()));
        }
        FormShape.Field field = found.get();
        if (field.isFile() && head.fileName().isEmpty()) {
            throw wrong(
                    head,
                    FormException.WRONG_FIELD,
                    "field '" + head.field() + "' is a file",
                    "send it with a filename");
        }
        if (!field.isFile() && head.fileName().isPresent()) {
            throw wrong(
                    head,
                    FormException.WRONG_FIELD,
                    "field '" + head.field() + "' is text",
                    "send it without a filename");
        }
        boolean seen = form.texts.containsKey(head.field()) || form.has(head.field());
        if (seen && !field.isList()) {
            throw wrong(
                    head,
                    FormException.WRONG_FIELD,
                    "field '" + head.field() + "' was sent before",
                    "send it once");
        }
        return field;
    }

    private FormException wrong(PartHead head, String code, String told, String suggestion) {
        return new FormException(400, code, told, suggestion)
                .at(parser.at())
                .inPart(parser.part())
                .inField(head.field());
    }

    private String text(PartHead head) throws IOException {
        if (head.isForeignText()) {
            throw notUtf8(head);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        byte[] chunk = new byte[4 * 1024];
        int most = options.limits().maxTextBytes();
        for (int n = parser.read(chunk, 0, chunk.length);
                n >= 0;
                n = parser.read(chunk, 0, chunk.length)) {
            textBytes += n;
            if (textBytes > most) {
                throw FormException.tooLarge("the text of a form", most)
                        .at(parser.at())
                        .inPart(parser.part())
                        .inField(head.field());
            }
            bytes.write(chunk, 0, n);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException noText) {
            throw notUtf8(head);
        }
    }

    private FormException notUtf8(PartHead head) {
        return wrong(
                head,
                FormException.NO_TEXT,
                "field '" + head.field() + "' is not UTF-8",
                "send text in UTF-8");
    }

    /** What a browser sends for an input of files in which nobody chose one. */
    private boolean isEmptyInput(PartHead head) throws IOException {
        if (!head.fileName().orElse("").isEmpty()) {
            return false;
        }
        if (parser.read(new byte[1], 0, 1) >= 0) {
            throw wrong(
                    head,
                    FormException.WRONG_FIELD,
                    "a file of field '" + head.field() + "' has no name",
                    "send it with a filename");
        }
        return true;
    }

    private void take(PartHead head, FormShape.Field field) throws IOException {
        PartStream bytes = new PartStream(parser, head.field(), options.limits().maxFileBytes());
        Received file;
        try {
            file = options.files().receive(head.contentType(), bytes);
        } catch (IOException | RuntimeException failure) {
            IOException ofClient = bytes.failure();
            if (ofClient != null) {
                throw ofClient;
            }
            LOG.error("a file of a form cannot be stored, id={}", id(), failure);
            throw ArrivedForm.notStored().inPart(parser.part()).inField(head.field());
        }
        form.files.add(
                new ArrivedForm.File(
                        head.field(),
                        field.isList(),
                        file,
                        head.fileName().orElse(""),
                        head.contentType(),
                        bytes.size(),
                        bytes.sha256()));
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

    /** A form that is there. */
    static final class ArrivedForm implements Arrived {

        /** A file that was taken. */
        record File(
                String field,
                boolean isInList,
                Received taken,
                String name,
                String contentType,
                long size,
                String sha256) {

            JsonValue json() {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                members.put("key", JsonValue.text(taken.key()));
                members.put("name", JsonValue.text(name));
                members.put("contentType", JsonValue.text(contentType));
                members.put("size", JsonValue.number(size));
                members.put("sha256", JsonValue.text(sha256));
                return new JsonValue.Obj(members);
            }
        }

        private final Map<String, List<String>> texts = new LinkedHashMap<>();
        private final List<File> files = new ArrayList<>();

        boolean has(String field) {
            return files.stream().anyMatch(file -> file.field().equals(field));
        }

        static FormException notStored() {
            return new FormException(
                    500, FormException.NOT_STORED, "a file could not be stored", "send it again");
        }

        @Override
        public <I> I input(PayloadReader<I> reader, RequestHead head, Map<String, String> extras)
                throws CodecException {
            Map<String, List<JsonValue>> lists = new LinkedHashMap<>();
            Map<String, JsonValue> members = new LinkedHashMap<>();
            for (File file : files) {
                if (file.isInList()) {
                    lists.computeIfAbsent(file.field(), name -> new ArrayList<>()).add(file.json());
                } else {
                    members.put(file.field(), file.json());
                }
            }
            lists.forEach((name, all) -> members.put(name, new JsonValue.Arr(all)));
            return reader.readForm(texts, members, head, extras);
        }

        @Override
        public void keep() throws FormException {
            for (File file : files) {
                try {
                    file.taken().keep();
                } catch (RuntimeException failure) {
                    LOG.error("a file of a form cannot be kept", failure);
                    throw notStored().inField(file.field());
                }
            }
        }

        @Override
        public void discard() {
            for (File file : files) {
                try {
                    file.taken().discard();
                } catch (RuntimeException failure) {
                    LOG.error("a file of a refused form stays: {}", file.taken().key(), failure);
                }
            }
            files.clear();
        }
    }
}
