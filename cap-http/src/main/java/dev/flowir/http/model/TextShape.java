package dev.flowir.http.model;

/** How a service for text is spoken to. */
public enum TextShape {
    /**
     * {@code POST <base>/chat/completions} with the model in the body, as OpenAI has it and many
     * others; the base usually ends in {@code /v1}.
     */
    OPENAI,
    /**
     * {@code POST <base>/ai/run/<model>}, as Workers AI has it; the base ends in {@code
     * /accounts/<id>}.
     */
    WORKERS_AI
}
