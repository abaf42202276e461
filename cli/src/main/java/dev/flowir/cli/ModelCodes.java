package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What questions to models end in, explained. */
final class ModelCodes {

    private ModelCodes() {}

    static List<Code> all() {
        return List.of(
                question(
                        "MODEL101",
                        "a model cannot be asked like this",
                        "Nothing is asked, an image is empty, a number is out of its range, or a tool's name is none; nothing was sent.",
                        "the message says which; change the question"),
                question(
                        "MODEL102",
                        "a question is too large",
                        "It has more bytes than HttpLimits.maxRequestBytes, or the service says that it is more than the model takes.",
                        "ask with less; leave out old messages, or make the image smaller"),
                question(
                        "MODEL201",
                        "a call to a model failed before an answer came",
                        "The cause has the code of the call; to ask again does no harm.",
                        "let the flow retry; look at the cause"),
                question(
                        "MODEL202",
                        "a model was not waited for any longer",
                        "The run's deadline passed, or the attempt was given up; what had come is kept as partial().",
                        "give the run more time"),
                question(
                        "MODEL301",
                        "a service for models has no room now",
                        "It answered 429, 503 or 529, or Workers AI's 3040; nothing was done.",
                        "let the flow retry with backoff, after the time that is told"),
                question(
                        "MODEL302",
                        "what may be used of a model is used up",
                        "Workers AI's 3036, or insufficient_quota; a day's share comes back at midnight UTC.",
                        "wait, or buy more"),
                question(
                        "MODEL303",
                        "a service does not take a question",
                        "It answered with a status like 400, or Workers AI's 5004; it will do so again.",
                        "the message has what the service said"),
                question(
                        "MODEL304",
                        "a service has no such model",
                        "It answered 404, or Workers AI's 5007 or 3042.",
                        "look at the model's name and the base address in the settings"),
                question(
                        "MODEL305",
                        "a service does not let this caller ask",
                        "It answered 401 or 403, or Workers AI's 3023, 5016 or 5018.",
                        "look at the key and what it may do"),
                question(
                        "MODEL306",
                        "a service failed at its work",
                        "It answered 408 or 5xx, Workers AI's 3007 or 3008, or broke a stream off with an error.",
                        "let the flow retry"),
                question(
                        "MODEL401",
                        "an answer is not what such a service says",
                        "It is no JSON, or neither choices, nor a response, nor labels.",
                        "look at the base address and whether the shape in the settings is the service's"),
                question(
                        "MODEL402",
                        "a streamed answer was cut off",
                        "The stream ended without [DONE]; what had come is kept as partial() and is not the answer.",
                        "let the flow retry"),
                question(
                        "MODEL403",
                        "an answer is too large",
                        "It has more characters, tools or labels than the settings take.",
                        "ask with maxTokens(), or raise the limit"),
                question(
                        "MODEL404",
                        "a structured answer is not of its structure",
                        "The codec refused it; the message says where.",
                        "ask for a repair with orRepaired(), or say more of the structure in the question"));
    }

    private static Code question(String id, String title, String about, String fix) {
        return new Code(id, "capability", Severity.ERROR, title, about, fix);
    }
}
