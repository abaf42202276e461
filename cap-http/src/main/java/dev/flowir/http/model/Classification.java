package dev.flowir.http.model;

import java.util.List;
import java.util.Optional;

/**
 * What an image shows. It can be a payload.
 *
 * @param model that says so, as it was asked for
 * @param labels the likeliest first
 */
public record Classification(String model, List<Label> labels) {

    /** Copies the list. */
    public Classification {
        labels = List.copyOf(labels);
    }

    /** {@return the likeliest; empty when the model says nothing} */
    public Optional<Label> best() {
        return labels.stream().findFirst();
    }
}
