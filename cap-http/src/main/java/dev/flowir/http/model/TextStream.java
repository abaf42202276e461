package dev.flowir.http.model;

import java.util.Optional;

/** An answer as it comes. Close it; for one thread. */
public interface TextStream extends AutoCloseable {

    /**
     * Takes pieces.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Taker<X extends Exception> {
        /**
         * Takes a piece; the service waits meanwhile.
         *
         * @param piece the piece
         * @throws X when it cannot
         */
        void take(TextPiece piece) throws X;
    }

    /**
     * The next piece.
     *
     * @return the piece; empty when the answer is whole
     * @throws ModelException when the stream breaks off, ends too early or brings an error; it has
     *     what came before as {@link ModelException#partial()}
     */
    Optional<TextPiece> next();

    /** {@return what came so far, put together} */
    String soFar();

    /**
     * The whole answer.
     *
     * @return the answer with its usage and why it ended
     * @throws IllegalStateException unless {@link #next()} has said that it is whole
     */
    TextAnswer answer();

    /**
     * Takes all pieces that are left.
     *
     * @param taker takes each
     * @param <X> what it may throw
     * @return the whole answer
     * @throws X when the taker does
     */
    default <X extends Exception> TextAnswer drain(Taker<X> taker) throws X {
        for (Optional<TextPiece> piece = next(); piece.isPresent(); piece = next()) {
            taker.take(piece.get());
        }
        return answer();
    }

    /** Gives the rest up; the service is told by the end of the connection. */
    @Override
    void close();
}
