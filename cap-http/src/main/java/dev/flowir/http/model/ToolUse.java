package dev.flowir.http.model;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.nio.charset.StandardCharsets;

/**
 * A tool that a model wants to be used, with the arguments that it wrote: they may be anything, so
 * read them with a codec.
 *
 * @param id what the result is to be given back under
 * @param name of the tool, as it was offered
 * @param arguments as the model wrote them, meant to be a JSON object
 */
public record ToolUse(String id, String name, String arguments) {

    /**
     * The arguments, read.
     *
     * @param codec of what the tool takes
     * @param <T> what the tool takes
     * @return the arguments
     * @throws CodecException when the model wrote something else
     */
    public <T> T as(Codec<T> codec) throws CodecException {
        return codec.decode(arguments.getBytes(StandardCharsets.UTF_8));
    }
}
