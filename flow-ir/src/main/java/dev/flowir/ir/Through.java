package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;

/** A node's body with something before it. */
final class Through {

    private Through() {}

    static <A, I, O> NodeBody.Single body(
            Node<I, O> node, Token<A> token, Body.Around<? super A, ? super I, O> around) {
        if (!(node.body() instanceof NodeBody.Single inner)) {
            throw new IllegalArgumentException(
                    "node '" + node.name() + "' emits a stream; nothing can stand before its body");
        }
        return (in, handles, context) ->
                around.apply(
                        handles.get(token),
                        Node.<I>cast(in),
                        () -> Node.<O>cast(inner.run(in, handles, context)),
                        context);
    }

    static List<Token<?>> more(List<Token<?>> tokens, Token<?> token) {
        List<Token<?>> all = new ArrayList<>(tokens);
        all.add(token);
        return all;
    }
}
