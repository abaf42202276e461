package dev.flowir.queue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.UnknownProperties;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is kept as text in a row. Members that a newer version wrote are skipped. */
final class Texts {

    private static final JsonCodecs CODECS = JsonCodecs.strict().with(UnknownProperties.IGNORE);

    static final Texts.Of<QueueSettings> SETTINGS = new Of<>(Type.of(QueueSettings.class));
    static final Texts.Of<DeadLetter> LETTER = new Of<>(Type.of(DeadLetter.class));
    static final Texts.Of<List<FailedAttempt>> FAILURES =
            new Of<>(Type.listOf(FailedAttempt.class));

    static final Texts.Of<Slips.Slip> SLIP = new Of<>(Type.of(Slips.Slip.class));

    private Texts() {}

    /** The text of one type. */
    static final class Of<T> {
        private final Codec<T> codec;
        private final Type<T> type;

        private Of(Type<T> type) {
            this.type = type;
            this.codec = CODECS.of(type);
        }

        String write(T value) {
            try {
                return new String(codec.encode(value), StandardCharsets.UTF_8);
            } catch (CodecException e) {
                throw new IllegalStateException(type + " has no text: " + value, e);
            }
        }

        T read(String text) {
            try {
                return codec.decode(text.getBytes(StandardCharsets.UTF_8));
            } catch (CodecException e) {
                throw new IllegalStateException("the store holds no " + type + ": " + text, e);
            }
        }
    }
}
