package dev.flowir.http.model;

/** A model that says what images show. For one attempt. */
public interface ImageClassifier {

    /**
     * Says what an image shows.
     *
     * @param image the bytes of its file, for example PNG or JPEG; not changed meanwhile
     * @return labels, the likeliest first; as many as the model gives
     * @throws ModelException when there is no answer
     */
    Classification classify(byte[] image);
}
