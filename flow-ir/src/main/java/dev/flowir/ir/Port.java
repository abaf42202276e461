package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A value of a flow while it is being drawn: the output of one node, typed. Only the graph that
 * made it accepts it.
 *
 * @param <T> type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // the parameter is the point: it types edges
public final class Port<T> {

    private final FlowDraft owner;
    private final String alias;
    private final Type<?> type;

    Port(FlowDraft owner, String alias, Type<?> type) {
        this.owner = owner;
        this.alias = alias;
        this.type = type;
    }

    /** {@return alias of the node that gives the value} */
    public String alias() {
        return alias;
    }

    Type<?> type() {
        return type;
    }

    String aliasIn(FlowDraft draft) {
        if (owner != draft) {
            throw new IllegalArgumentException(
                    "port '" + alias + "' belongs to another flow; ports cannot cross flows");
        }
        return alias;
    }

    static List<String> aliases(FlowDraft draft, Port<?>... ports) {
        List<String> aliases = new ArrayList<>();
        for (Port<?> port : ports) {
            aliases.add(port.aliasIn(draft));
        }
        return aliases;
    }

    @Override
    public String toString() {
        return alias + ": " + type;
    }
}
