package dev.flowir.kernel.exec;

/** A streaming body returned while a thread that it had not awaited still gave items. */
final class IncompleteStreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String producer;

    /**
     * Names who was not awaited.
     *
     * @param producer the thread and its code
     */
    IncompleteStreamException(String producer) {
        super(producer + " was not awaited");
        this.producer = producer;
    }

    String producer() {
        return producer;
    }
}
