package dev.flowir.http.model;

import dev.flowir.ir.Codec;

/** A model that writes text. For one attempt. */
public interface TextModel {

    /**
     * Asks, and waits for the whole answer.
     *
     * @param request the question
     * @return the answer
     * @throws ModelException when there is none
     */
    TextAnswer complete(TextRequest request);

    /**
     * Asks, and gives the answer as it comes.
     *
     * @param request the question
     * @return the pieces; close it, or it is closed when the attempt ends
     * @throws ModelException when the service does not begin to answer
     */
    TextStream stream(TextRequest request);

    /**
     * Asks for an answer of a structure, and reads it. What is not of the structure is no
     * exception: the caller decides, and can have the model repair it once.
     *
     * @param request the question; {@link TextRequest#json} tells the model of the structure
     * @param codec of the structure
     * @param <T> of the structure
     * @return the structure, or what came instead
     * @throws ModelException when there is no answer
     */
    default <T> Structured<T> ask(TextRequest request, Codec<T> codec) {
        return Structured.read(request, complete(request), codec);
    }
}
