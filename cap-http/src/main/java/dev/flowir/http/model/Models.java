package dev.flowir.http.model;

import dev.flowir.ir.ReadToken;

/**
 * Tokens of the model capability: what a node definition asks for. To ask a model is a read: it
 * changes nothing, so another attempt does no harm (it costs another answer), and what it says may
 * differ, so a durable run records it and does not ask again.
 */
public final class Models {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "model";

    /** Hint of nodes that ask for text. */
    public static final String TEXT_HINT = "resource::model::text";

    /** Hint of nodes that ask what an image shows. */
    public static final String CLASSIFY_HINT = "resource::model::classify";

    /** Determinism hint of every use: the same question may be answered differently. */
    public static final String DETERMINISM_HINT = "resource::model";

    private Models() {}

    /**
     * The text model bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<TextModel> text(String binding) {
        return ReadToken.of(CAPABILITY, binding, TextModel.class, TEXT_HINT, DETERMINISM_HINT);
    }

    /**
     * The classifier of images bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<ImageClassifier> classifier(String binding) {
        return ReadToken.of(
                CAPABILITY, binding, ImageClassifier.class, CLASSIFY_HINT, DETERMINISM_HINT);
    }
}
