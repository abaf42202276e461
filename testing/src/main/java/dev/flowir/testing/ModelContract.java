package dev.flowir.testing;

import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.ModelFault;
import dev.flowir.http.model.TextPiece;
import dev.flowir.http.model.TextStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every provider of models keeps: an answer is whole or it is a coded fault, pieces say whose
 * they are, and no secret is shown.
 */
public final class ModelContract {

    private ModelContract() {}

    /** {@return the rules MODEL-01 and on} */
    public static Contract<ModelBench> rules() {
        return new Contract<>(
                "model",
                Stream.of(
                                ModelTextRules.rules(),
                                ModelStreamRules.rules(),
                                ModelFaultRules.rules(),
                                ModelImageRules.rules())
                        .flatMap(List::stream)
                        .toList());
    }

    /** Work is refused with a fault. */
    static ModelException refused(ModelFault fault, Expect.Work work) {
        ModelException refusal = Expect.refused("the question", ModelException.class, work);
        Expect.equal("the fault of '" + refusal.getMessage() + "'", fault, refusal.fault());
        Expect.that(
                "the message '" + refusal.getMessage() + "' begins with the code",
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "] "));
        return refusal;
    }

    /** The texts of all pieces; the stream is whole then. */
    static List<String> texts(TextStream stream) {
        List<String> texts = new ArrayList<>();
        stream.drain((TextPiece piece) -> texts.add(piece.text()));
        return texts;
    }
}
