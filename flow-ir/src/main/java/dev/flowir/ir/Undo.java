package dev.flowir.ir;

import java.time.Duration;

/** Nodes that undo others. */
final class Undo {

    private static final int RETRIES = 5;
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofSeconds(1));

    private Undo() {}

    /** A node that undoes {@code node}; repeated unless its options say otherwise. */
    static <A, I, O> NodeOption of(
            Node<I, O> node,
            String name,
            Token<A> token,
            Body.Undoing<? super A, I, O> body,
            NodeOption... options) {
        NodeBody.Single erased =
                (in, handles, context) -> {
                    body.undo(handles.get(token), Node.<Done<I, O>>cast(in), context);
                    return NodeBody.NoOutput.NONE;
                };
        Type<NodeBody.NoOutput> nothing = Type.of(NodeBody.NoOutput.class);
        Node<?, ?> by =
                Node.of(name, Type.of(Done.class), nothing, erased, token)
                        .with(NodeOption.retry(RETRIES, BACKOFF))
                        .with(options);
        for (Node<?, ?> either : new Node<?, ?>[] {node, by}) {
            if (either.effects() != Effects.EFFECTFUL) {
                throw new IllegalArgumentException(
                        either + " changes nothing: it is neither undone nor undoes anything");
            }
        }
        return new NodeOption.Undone(by);
    }
}
