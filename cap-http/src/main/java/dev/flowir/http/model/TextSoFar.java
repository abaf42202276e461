package dev.flowir.http.model;

/**
 * What is known of a streamed answer: pieces of the newest attempt, put together. Pieces may come
 * twice, and pieces of an attempt that is over may come late.
 *
 * @param attempt whose pieces these are; 0 before the first
 * @param next number of the piece that comes next
 * @param text the pieces up to it
 */
public record TextSoFar(int attempt, long next, String text) {

    /** Nothing yet. */
    public static final TextSoFar NOTHING = new TextSoFar(0, 0, "");

    /**
     * What is known with one more piece of the same operation.
     *
     * @param piece the piece
     * @return this when the piece is known, or is of an attempt that is over
     * @throws IllegalArgumentException when pieces between are missing
     */
    public TextSoFar with(TextPiece piece) {
        if (piece.attempt() < attempt || (piece.attempt() == attempt && piece.sequence() < next)) {
            return this;
        }
        TextSoFar base = piece.attempt() == attempt ? this : new TextSoFar(piece.attempt(), 0, "");
        if (piece.sequence() != base.next()) {
            throw new IllegalArgumentException(
                    "piece "
                            + piece.sequence()
                            + " of attempt "
                            + piece.attempt()
                            + " came before piece "
                            + base.next());
        }
        return new TextSoFar(base.attempt(), base.next() + 1, base.text() + piece.text());
    }
}
