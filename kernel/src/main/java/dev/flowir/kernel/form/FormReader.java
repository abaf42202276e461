package dev.flowir.kernel.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.cap.FileSink.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a form while it comes, its files on their way into a sink. Reads when it needs more, so
 * that whoever stores the files slows the client. Works on a thread and in a coroutine alike.
 */
public final class FormReader {

    private final FormFields fields;
    private final FileSink sink;
    private final FormLimits limits;
    private final FormHost host;
    private final FormParser parser;
    private final TakenForm form;
    private int textBytes;

    /**
     * A form that comes.
     *
     * @param in its bytes; read to their end and not closed
     * @param boundary as {@link #boundary} gave it
     * @param fields what it may have
     * @param sink where its files go
     * @param limits its bounds; those of time and of forms at once are the host's to keep
     * @param host sums files and is told of troubles
     */
    public FormReader(
            InputStream in,
            String boundary,
            FormFields fields,
            FileSink sink,
            FormLimits limits,
            FormHost host) {
        this.fields = fields;
        this.sink = sink;
        this.limits = limits;
        this.host = host;
        this.parser = new FormParser(in, boundary, limits);
        this.form = new TakenForm(host);
    }

    /**
     * The boundary of a form.
     *
     * @param contentType of the request; null when it has none
     * @return what is between its parts, without dashes in front
     * @throws FormException when the body is none
     */
    public static String boundary(@Nullable String contentType) throws FormException {
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
                .filter(FormReader::isBoundary)
                .orElseThrow(() ->
                        new FormException(
                                400,
                                FormException.NO_BOUNDARY,
                                "the content type has no boundary of 1 to 70 characters",
                                "leave Content-Type to whatever makes the form"));
    }

    private static boolean isBoundary(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 70 && !text.endsWith(" ");
    }

    /**
     * Takes all of it.
     *
     * @return the form, whose files are not kept yet
     * @throws FormException when it is refused; nothing of it is left then, nor when anything else
     *     is thrown
     * @throws IOException what the body failed with
     */
    public TakenForm take() throws IOException {
        boolean taken = false;
        try {
            for (PartHead head = parser.next(); head != null; head = parser.next()) {
                FormFields.Field field = field(head);
                if (!field.isFile()) {
                    form.add(head.field(), text(head));
                } else if (!isEmptyInput(head)) {
                    take(head, field);
                }
            }
            taken = true;
            return form;
        } finally {
            if (!taken) {
                form.discard();
            }
        }
    }

    private FormFields.Field field(PartHead head) throws FormException {
        Optional<FormFields.Field> found = fields.field(head.field());
        if (found.isEmpty()) {
            throw wrong(
                    head,
                    FormException.UNKNOWN_FIELD,
                    "the form has no field '" + FormException.shown(head.field()) + "'",
                    "fields are " + String.join(", ", fields.names()));
        }
        FormFields.Field field = found.get();
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
        if (form.has(head.field()) && !field.isList()) {
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
        int most = limits.maxTextBytes();
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

    private void take(PartHead head, FormFields.Field field) throws IOException {
        PartStream bytes =
                new PartStream(parser, head.field(), limits.maxFileBytes(), host.sha256());
        Received file;
        String sum;
        try {
            file = sink.receive(head.contentType(), bytes);
            sum = summed(file, bytes);
        } catch (IOException | RuntimeException failure) {
            IOException ofClient = bytes.failure();
            if (ofClient != null) {
                throw ofClient;
            }
            host.failed("a file of a form cannot be stored", failure);
            throw TakenForm.notStored().inPart(parser.part()).inField(head.field());
        }
        form.add(
                new TakenForm.File(
                        head.field(),
                        field.isList(),
                        file,
                        head.fileName().orElse(""),
                        head.contentType(),
                        bytes.size(),
                        sum));
    }

    private static String summed(Received file, PartStream bytes) throws IOException {
        try {
            return bytes.sha256();
        } catch (IOException failure) {
            file.discard();
            throw failure;
        }
    }
}
