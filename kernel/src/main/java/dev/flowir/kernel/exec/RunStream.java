package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import java.util.Optional;

/**
 * The stream that a run gave. Listeners hear of it before anybody can use it, and that it closed
 * before its reader does: so they can count it.
 */
final class RunStream {

    private final Driver driver;
    private final StreamHandle handle;

    RunStream(Driver driver, long ticket) {
        this.driver = driver;
        Prepared prepared = driver.prepared();
        this.handle =
                prepared.slowConsumer()
                        .<StreamHandle>map(
                                how -> new RunningStream(driver, ticket, how, alias(prepared)))
                        .orElseGet(() -> new AskedStream(driver, ticket));
        if (driver.isObserved()) {
            driver.environment()
                    .listening()
                    .tell(driver.info(), to -> to.streamOpened(driver.info(), alias()));
        }
    }

    StreamHandle handle() {
        return handle;
    }

    void close(Optional<Failure> failure) {
        if (driver.isObserved()) {
            driver.environment()
                    .listening()
                    .tell(driver.info(), to -> to.streamClosed(driver.info(), alias()));
        }
        handle.end(failure);
    }

    private String alias() {
        return alias(driver.prepared());
    }

    private static String alias(Prepared prepared) {
        return prepared.alias(prepared.plan().capture());
    }
}
