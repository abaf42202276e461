package dev.flowir.durable;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Does what comes through the door: requests for runs, and questions about what else its
 * application answers for.
 *
 * @param runs steers runs
 * @param topics answers questions, by what they are about
 */
record AdminDesk(RunControl runs, Map<String, UnaryOperator<JsonValue>> topics) {

    /** Topics are copied: more may be named for the next runtime. */
    AdminDesk {
        topics = Map.copyOf(topics);
    }

    /** The answer to a line. */
    String answer(String line) {
        Optional<RequestText.Question> question = RequestText.question(line);
        return question.isPresent()
                ? RequestText.answered(answer(question.get()))
                : RequestText.done(runs.ask(RequestText.read(line)).state());
    }

    private JsonValue answer(RequestText.Question question) {
        UnaryOperator<JsonValue> topic = topics.get(question.topic());
        if (topic == null) {
            throw new JournalException(
                    JournalFault.NO_DOOR,
                    "the application takes no requests about '"
                            + question.topic()
                            + "'; let its runtime be opened with .admin(\""
                            + question.topic()
                            + "\", …)");
        }
        return topic.apply(question.asked());
    }
}
