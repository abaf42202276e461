package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what was asked of runs while nobody had the journal, before anything else moves. */
final class EarlierRequests {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierRequests.class);

    private final Engine engine;

    EarlierRequests(Engine engine) {
        this.engine = engine;
    }

    void deal() {
        for (Journal.Request request : engine.journal().read(Journal.Tx::requests)) {
            try {
                // in the transaction of what it does, so that a crash leaves both or neither
                Along done = tx -> tx.dealtWith(request.number(), "");
                new Steering(engine, done).ask(RequestText.read(request.text()));
                over(request, "");
            } catch (JournalException refused) {
                if (refused.fault() == JournalFault.CLOSED) {
                    return;
                }
                LOG.warn("{} was asked earlier and is refused", request.text(), refused);
                over(request, String.valueOf(refused.getMessage()));
            }
        }
    }

    private void over(Journal.Request request, String refusal) {
        engine.journal()
                .write(tx -> {
                    tx.dealtWith(request.number(), refusal);
                    return true;
                });
    }
}
