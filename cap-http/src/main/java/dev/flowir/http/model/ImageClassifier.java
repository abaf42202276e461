package dev.flowir.http.model;

import java.io.IOException;
import java.io.InputStream;

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

    /**
     * Says what an image shows, for images that are too large to hold many of them. A provider that
     * cannot send an image as it is read holds it whole, which is what this does unless told.
     *
     * @param image the bytes of its file, read to the end
     * @param length how many there are
     * @return labels, the likeliest first; as many as the model gives
     * @throws ModelException when there is no answer
     * @throws IOException when the image cannot be read
     */
    default Classification classify(InputStream image, long length) throws IOException {
        return classify(image.readAllBytes());
    }
}
