package dev.flowir.http.model;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.nio.charset.StandardCharsets;

/**
 * An answer that was to be of a structure.
 *
 * @param <T> of the structure
 */
public sealed interface Structured<T> {

    /** {@return the answer as it came; the last one when it was repaired} */
    TextAnswer answer();

    /**
     * The structure.
     *
     * @return the structure
     * @throws ModelException of {@link ModelFault#NOT_STRUCTURED} when the answer is something else
     */
    T orThrow();

    /**
     * Shows a wrong answer to the model, says what is wrong, and reads what it then says. Once:
     * what was repaired is not repaired again.
     *
     * @param model asked again
     * @return this when it is a value or was repaired, else what the model then said
     * @throws ModelException when there is no answer
     */
    Structured<T> orRepaired(TextModel model);

    /**
     * The structure.
     *
     * @param value what was read
     * @param answer it was read from
     * @param <T> of the structure
     */
    record Value<T>(T value, TextAnswer answer) implements Structured<T> {

        @Override
        public T orThrow() {
            return value;
        }

        @Override
        public Structured<T> orRepaired(TextModel model) {
            return this;
        }
    }

    /**
     * Something else.
     *
     * @param request what was asked
     * @param answer what came
     * @param reason what is wrong with it
     * @param codec of the structure
     * @param repair whether the model was shown a wrong answer before
     * @param <T> of the structure
     */
    record Invalid<T>(
            TextRequest request, TextAnswer answer, String reason, Codec<T> codec, Repair repair)
            implements Structured<T> {

        @Override
        public T orThrow() {
            String repaired = repair == Repair.DONE ? ", also after a repair" : "";
            throw new ModelException(
                            ModelFault.NOT_STRUCTURED,
                            "the answer is not of the structure that was asked for"
                                    + repaired
                                    + " ("
                                    + answer.finish()
                                    + "): "
                                    + reason)
                    .after(answer.text());
        }

        @Override
        public Structured<T> orRepaired(TextModel model) {
            if (repair == Repair.DONE) {
                return this;
            }
            TextRequest again =
                    request.and(answer.asMessage())
                            .question(
                                    "That is not valid: "
                                            + reason
                                            + "\nAnswer again with the corrected JSON and nothing else.");
            Structured<T> second = model.ask(again, codec);
            return second instanceof Invalid<T> wrong
                    ? new Invalid<>(again, wrong.answer(), wrong.reason(), codec, Repair.DONE)
                    : second;
        }
    }

    /** Whether an answer is one to a repair. */
    enum Repair {
        /** It is the first answer. */
        NOT_YET,
        /** The model was shown what was wrong with another. */
        DONE
    }

    /**
     * Reads an answer; for models of your own.
     *
     * @param request what was asked
     * @param answer what came
     * @param codec of the structure
     * @param <T> of the structure
     * @return the structure, or what came instead
     */
    static <T> Structured<T> read(TextRequest request, TextAnswer answer, Codec<T> codec) {
        try {
            T value = codec.decode(answer.text().getBytes(StandardCharsets.UTF_8));
            return new Value<>(value, answer);
        } catch (CodecException e) {
            String place = e.pointer().isEmpty() ? "" : " at " + e.pointer();
            return new Invalid<>(request, answer, e.getMessage() + place, codec, Repair.NOT_YET);
        }
    }
}
