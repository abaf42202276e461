package dev.flowir.kernel.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a part of a form says of itself.
 *
 * @param field name of the field
 * @param fileName name of the file; none when the part is text
 * @param contentType what it says it is; empty when it says nothing
 */
public record PartHead(String field, Optional<String> fileName, String contentType) {

    /** Encodings that leave bytes as they are. */
    private static final Set<String> PLAIN = Set.of("binary", "8bit", "7bit");

    /**
     * Reads header fields, each ended by a line feed.
     *
     * @param bytes the fields in UTF-8
     * @param part number of the part, for errors
     * @param at byte of the body behind them, for errors
     */
    static PartHead read(byte[] bytes, int part, long at) throws FormException {
        Map<String, String> fields = fields(text(bytes, part, at), part, at);
        String encoding = fields.getOrDefault("content-transfer-encoding", "binary");
        if (!PLAIN.contains(HeaderValue.lower(encoding))) {
            throw broken(
                    "a part is encoded as " + FormException.shown(encoding),
                    "send its bytes as they are",
                    part,
                    at);
        }
        String type = fields.getOrDefault("content-type", "");
        String disposition = fields.getOrDefault("content-disposition", "");
        Optional<Map<String, String>> parameters = HeaderValue.parameters(disposition);
        if (parameters.isEmpty()
                || !HeaderValue.token(disposition).equals("form-data")
                || !parameters.get().containsKey("name")) {
            throw broken(
                    "a part does not say which field it is",
                    "send Content-Disposition: form-data; name=\"field\"",
                    part,
                    at);
        }
        Map<String, String> said = parameters.get();
        Optional<String> extended =
                Optional.ofNullable(said.get("filename*")).flatMap(HeaderValue::extended);
        Optional<String> file = extended.or(() -> Optional.ofNullable(said.get("filename")));
        return new PartHead(said.getOrDefault("name", ""), file, type);
    }

    /** True when it is text in another encoding than UTF-8. */
    boolean isForeignText() {
        return HeaderValue.parameters(contentType)
                .map(all -> all.getOrDefault("charset", "utf-8"))
                .filter(charset -> !charset.equalsIgnoreCase("utf-8"))
                .isPresent();
    }

    private static String text(byte[] bytes, int part, long at) throws FormException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException broken) {
            throw new FormException(
                            400,
                            FormException.NO_TEXT,
                            "the head of a part is not UTF-8",
                            "send names in UTF-8")
                    .at(at)
                    .inPart(part);
        }
    }

    private static Map<String, String> fields(String text, int part, long at) throws FormException {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int feed = text.indexOf('\n', from);
            String line = text.substring(from, feed < 0 ? text.length() : feed);
            from = feed < 0 ? text.length() + 1 : feed + 1;
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded && !lines.isEmpty()) {
                lines.add(lines.remove(lines.size() - 1) + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            boolean good = colon > 0 && !hasControls(line);
            if (!good && !line.isEmpty()) {
                throw broken(
                        "a line of the head of a part is no header field",
                        "send name: value",
                        part,
                        at);
            }
            if (good) {
                fields.putIfAbsent(
                        HeaderValue.lower(line.substring(0, colon).strip()),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static boolean hasControls(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                return true;
            }
        }
        return false;
    }

    private static FormException broken(String what, String suggestion, int part, long at) {
        return new FormException(
                        400, FormException.BROKEN, "the form is broken: " + what, suggestion)
                .at(at)
                .inPart(part);
    }
}
