package dev.flowir.http.model;

import dev.flowir.ir.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A question to a text model. Immutable; each method gives a changed copy. */
public final class TextRequest {

    /** Most tools that can be offered, as the services have it. */
    public static final int MAX_TOOLS = 128;

    /**
     * The structure of an answer.
     *
     * @param name of the structure, in words for the model
     * @param schema JSON Schema; empty for any JSON object
     */
    public record Shape(String name, Optional<JsonValue> schema) {}

    private final List<Message> messages;
    private final List<ToolOffer> tools;
    private final Numbers numbers;
    private final Optional<Shape> shape;
    private final Optional<Duration> within;

    /** What steers the model. */
    private record Numbers(OptionalInt maxTokens, OptionalDouble temperature, OptionalLong seed) {}

    private TextRequest(
            List<Message> messages,
            List<ToolOffer> tools,
            Numbers numbers,
            Optional<Shape> shape,
            Optional<Duration> within) {
        this.messages = List.copyOf(messages);
        this.tools = List.copyOf(tools);
        this.numbers = numbers;
        this.shape = shape;
        this.within = within;
    }

    /**
     * A conversation.
     *
     * @param messages what was said, in order
     * @return the request
     */
    public static TextRequest of(List<Message> messages) {
        Numbers none =
                new Numbers(OptionalInt.empty(), OptionalDouble.empty(), OptionalLong.empty());
        return new TextRequest(messages, List.of(), none, Optional.empty(), Optional.empty());
    }

    /**
     * One question.
     *
     * @param question in words
     * @return the request
     */
    public static TextRequest of(String question) {
        return of(List.of(new Message.Question(question)));
    }

    /**
     * One more thing said.
     *
     * @param message put at the end
     * @return the request with it
     */
    public TextRequest and(Message message) {
        List<Message> more = new ArrayList<>(messages);
        more.add(message);
        return new TextRequest(more, tools, numbers, shape, within);
    }

    /**
     * What the model is to be, before all else.
     *
     * @param text in words
     * @return the request with it
     */
    public TextRequest instructed(String text) {
        List<Message> more = new ArrayList<>(messages);
        more.add(0, new Message.Instruction(text));
        return new TextRequest(more, tools, numbers, shape, within);
    }

    /**
     * One more question, at the end.
     *
     * @param text in words
     * @return the request with it
     */
    public TextRequest question(String text) {
        return and(new Message.Question(text));
    }

    /**
     * A tool that the model may ask for.
     *
     * @param tool the tool
     * @return the request with it
     * @throws ModelException when there are {@value #MAX_TOOLS} already
     */
    public TextRequest offering(ToolOffer tool) {
        if (tools.size() == MAX_TOOLS) {
            throw new ModelException(
                    ModelFault.BAD_QUESTION, "more than " + MAX_TOOLS + " tools are offered");
        }
        List<ToolOffer> more = new ArrayList<>(tools);
        more.add(tool);
        return new TextRequest(messages, more, numbers, shape, within);
    }

    /**
     * Bounds the answer; without it the service has its own bound.
     *
     * @param tokens 1 at least
     * @return the request with it
     */
    public TextRequest maxTokens(int tokens) {
        if (tokens < 1) {
            throw new ModelException(
                    ModelFault.BAD_QUESTION, "maxTokens must be 1 at least, and is " + tokens);
        }
        return with(new Numbers(OptionalInt.of(tokens), numbers.temperature, numbers.seed));
    }

    /**
     * How freely the model chooses its words.
     *
     * @param value from 0, always the likeliest, to 2
     * @return the request with it
     */
    public TextRequest temperature(double value) {
        if (!(value >= 0 && value <= 2)) {
            throw new ModelException(
                    ModelFault.BAD_QUESTION, "temperature is from 0 to 2, and not " + value);
        }
        return with(new Numbers(numbers.maxTokens, OptionalDouble.of(value), numbers.seed));
    }

    /**
     * Asks the service to choose as it did for this number; few promise it.
     *
     * @param value any number
     * @return the request with it
     */
    public TextRequest seed(long value) {
        return with(new Numbers(numbers.maxTokens, numbers.temperature, OptionalLong.of(value)));
    }

    private TextRequest with(Numbers changed) {
        return new TextRequest(messages, tools, changed, shape, within);
    }

    /** {@return the request for an answer that is a JSON object} */
    public TextRequest json() {
        return new TextRequest(
                messages,
                tools,
                numbers,
                Optional.of(new Shape("answer", Optional.empty())),
                within);
    }

    /**
     * Asks for an answer of a structure. Services keep to it more or less: read the answer with
     * {@link TextModel#ask}.
     *
     * @param name of the structure, a word for the model
     * @param schema JSON Schema
     * @return the request with it
     */
    public TextRequest json(String name, JsonValue schema) {
        return new TextRequest(
                messages,
                tools,
                numbers,
                Optional.of(new Shape(name, Optional.of(schema))),
                within);
    }

    /**
     * Limits the time of the whole answer, streamed or not.
     *
     * @param time positive
     * @return the request with it
     */
    public TextRequest within(Duration time) {
        return new TextRequest(messages, tools, numbers, shape, Optional.of(time));
    }

    /** {@return what was said, in order} */
    public List<Message> messages() {
        return messages;
    }

    /** {@return the tools that the model may ask for} */
    public List<ToolOffer> tools() {
        return tools;
    }

    /** {@return the bound of the answer in tokens} */
    public OptionalInt maxTokens() {
        return numbers.maxTokens;
    }

    /** {@return how freely the model chooses, from 0 to 2} */
    public OptionalDouble temperature() {
        return numbers.temperature;
    }

    /** {@return the number that the service is to choose by} */
    public OptionalLong seed() {
        return numbers.seed;
    }

    /** {@return the structure that is asked for} */
    public Optional<Shape> shape() {
        return shape;
    }

    /** {@return how long the whole answer may take} */
    public Optional<Duration> within() {
        return within;
    }
}
