package dev.flowir.kernel;

import dev.flowir.ir.ItemFailure;
import dev.flowir.ir.Site;
import dev.flowir.ir.plan.UndoneBy;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a run gave no value. Every failure has a stable code and a message that names the place. */
public sealed interface Failure {

    /** {@return stable diagnostic code, for example {@code CAP101}} */
    String code();

    /** {@return what happened, where, and what to do about it} */
    String message();

    /**
     * A body failed and no retry is left.
     *
     * @param node alias
     * @param site where the node was defined, when known
     * @param attempts attempts made
     * @param cause what the body threw
     */
    record NodeFailed(String node, Optional<Site> site, int attempts, Throwable cause)
            implements Failure {
        @Override
        public String code() {
            return "RUN101";
        }

        /**
         * {@return the kind of the fault when a capability met it, whichever that was; empty
         * otherwise, and of a failure that a journal kept from a process before this one}
         */
        public Optional<FaultKind> kind() {
            return FaultKind.of(cause);
        }

        @Override
        public String message() {
            ItemFailure thrown = ItemFailure.of(cause);
            return "node '"
                    + node
                    + "'"
                    + site.map(place -> " (" + place + ")").orElse("")
                    + " failed after "
                    + attempts
                    + (attempts == 1 ? " attempt: " : " attempts: ")
                    + thrown.type()
                    + (thrown.message().isEmpty() ? "" : ": " + thrown.message());
        }
    }

    /**
     * A body took longer than its node or edge allows.
     *
     * @param node alias
     * @param site where the node was defined, when known
     * @param edge the edge whose limit it was, {@code from -> to}
     * @param item identity of the item, as in idempotency keys
     * @param attempts attempts made
     * @param limit time allowed for one attempt, from the start of the body
     * @param waitingFor what the body was doing when it was stopped
     */
    record NodeTimedOut(
            String node,
            Optional<Site> site,
            String edge,
            String item,
            int attempts,
            Duration limit,
            String waitingFor)
            implements Failure {
        @Override
        public String code() {
            return "TIME015";
        }

        @Override
        public String message() {
            return "node '"
                    + node
                    + "'"
                    + site.map(place -> " (" + place + ")").orElse("")
                    + " exceeded the "
                    + limit.toMillis()
                    + " ms of edge "
                    + edge
                    + " on item "
                    + item
                    + " in attempt "
                    + attempts
                    + (waitingFor.isEmpty() ? "" : ", " + waitingFor);
        }
    }

    /**
     * A streaming body returned while a thread that it had not awaited still gave items: what the
     * consumer has is not all.
     *
     * @param node alias
     * @param site where the node was defined, when known
     * @param producer the thread, and where it is in its own code
     */
    record IncompleteStream(String node, Optional<Site> site, String producer) implements Failure {
        @Override
        public String code() {
            return "RUN031";
        }

        @Override
        public String message() {
            return "INCOMPLETE_STREAM: node '"
                    + node
                    + "'"
                    + site.map(place -> " (" + place + ")").orElse("")
                    + " returned while "
                    + producer
                    + " still had items for its stream; await it before the body returns";
        }
    }

    /**
     * The invocation's deadline passed.
     *
     * @param deadline the time allowed
     * @param waitingFor what the run was waiting for
     */
    record DeadlineExceeded(Duration deadline, String waitingFor) implements Failure {
        @Override
        public String code() {
            return "TIME001";
        }

        @Override
        public String message() {
            return "deadline of "
                    + deadline.toMillis()
                    + " ms exceeded"
                    + (waitingFor.isEmpty() ? "" : ", " + waitingFor);
        }
    }

    /**
     * The run was cancelled.
     *
     * @param reason by whom or why
     */
    record Cancelled(String reason) implements Failure {
        @Override
        public String code() {
            return "RUN102";
        }

        @Override
        public String message() {
            return "execution cancelled: " + reason;
        }
    }

    /**
     * The run ended without an output: its capture can no longer be reached.
     *
     * @param why which item ended where
     */
    record MissingOutput(String why) implements Failure {
        @Override
        public String code() {
            return "RUN103";
        }

        @Override
        public String message() {
            return "missing output: " + why;
        }
    }

    /**
     * The alias to send to does not take input.
     *
     * @param alias the alias
     */
    record UnknownTrigger(String alias) implements Failure {
        @Override
        public String code() {
            return "RUN104";
        }

        @Override
        public String message() {
            return "'"
                    + alias
                    + "' is not a node without inbound edges, so nothing can be sent to it";
        }
    }

    /**
     * The alias to capture does not exist.
     *
     * @param alias the alias
     */
    record UnknownCapture(String alias) implements Failure {
        @Override
        public String code() {
            return "RUN105";
        }

        @Override
        public String message() {
            return "no node '" + alias + "' to capture";
        }
    }

    /**
     * No handler is registered for a node.
     *
     * @param node alias
     * @param identifier the handler asked for
     */
    record UnregisteredNode(String node, String identifier) implements Failure {
        @Override
        public String code() {
            return "RUN106";
        }

        @Override
        public String message() {
            return "no handler '" + identifier + "' is registered for node '" + node + "'";
        }
    }

    /**
     * Capabilities are missing or do not promise enough.
     *
     * @param hints what is missing, sorted, without repeats
     */
    record MissingCapabilities(List<String> hints) implements Failure {
        @Override
        public String code() {
            return "CAP101";
        }

        @Override
        public String message() {
            return "missing required capabilities: " + String.join(", ", hints);
        }
    }

    /**
     * A control surface that does not run.
     *
     * @param id id of the surface
     * @param kind its kind, as on the wire
     */
    record UnsupportedSurface(String id, String kind) implements Failure {
        @Override
        public String code() {
            return "CTRL901";
        }

        @Override
        public String message() {
            return "unsupported control surface '" + id + "' of kind " + kind;
        }

        /**
         * The failure of a flow that undoes nodes, on a driver that would lose what it has to undo.
         *
         * @param undoneBy what undoes a node
         * @return the failure
         */
        public static UnsupportedSurface compensating(UndoneBy undoneBy) {
            return new UnsupportedSurface(
                    undoneBy.surface(), "error_handler that compensates: only durable runs do");
        }
    }

    /**
     * A control surface that contradicts the flow.
     *
     * @param id id of the surface
     * @param kind its kind, as on the wire
     * @param reason what is wrong
     */
    record InvalidSurface(String id, String kind, String reason) implements Failure {
        @Override
        public String code() {
            return switch (kind) {
                case "if" -> "CTRL120";
                case "switch" -> "CTRL110";
                default -> "CTRL130";
            };
        }

        @Override
        public String message() {
            return "invalid control surface '" + id + "' of kind " + kind + ": " + reason;
        }
    }

    /**
     * An edge spills and the runtime has nowhere to spill to.
     *
     * @param from source of the edge
     * @param to target of the edge
     * @param tier the tier asked for
     */
    record UnsupportedSpill(String from, String to, String tier) implements Failure {
        @Override
        public String code() {
            return "SPILL002";
        }

        @Override
        public String message() {
            return "edge "
                    + from
                    + " -> "
                    + to
                    + " spills to '"
                    + tier
                    + "', but no spill store is bound";
        }
    }

    /**
     * An item could not be spilled, or not be brought back.
     *
     * @param edge the edge that spills, {@code from -> to}
     * @param cause what went wrong
     */
    record SpillFailed(String edge, Throwable cause) implements Failure {
        @Override
        public String code() {
            return "RUN108";
        }

        @Override
        public String message() {
            return "edge " + edge + " could not spill or load an item: " + cause;
        }
    }

    /**
     * Items wait at a node that pairs them by position for what cannot come: all inputs that may be
     * outstanding are in the flow already.
     *
     * @param node alias of the node
     * @param edge an edge on which items wait, {@code from -> to}
     * @param missing alias of the node that gives nothing
     */
    record Stalled(String node, String edge, String missing) implements Failure {
        @Override
        public String code() {
            return "RUN032";
        }

        @Override
        public String message() {
            return "stalled: items on edge "
                    + edge
                    + " wait for partners of '"
                    + missing
                    + "', which gives none, and no further input can be sent";
        }
    }

    /**
     * Every way of a race failed, or gave nothing.
     *
     * @param node alias of the node where the ways meet
     * @param losses what failed, in the order in which it did
     */
    record RaceLost(String node, List<Failure> losses) implements Failure {

        /** Copies the list. */
        public RaceLost {
            losses = List.copyOf(losses);
        }

        @Override
        public String code() {
            return "RUN109";
        }

        @Override
        public String message() {
            StringBuilder text = new StringBuilder("no way of race '" + node + "' gave a result");
            String before = ": ";
            for (Failure loss : losses) {
                text.append(before).append(loss.message());
                before = "; ";
            }
            return text.toString();
        }
    }

    /**
     * The flow does not pass its checks.
     *
     * @param code code of the first error
     * @param diagnostics one line per error
     */
    record InvalidFlow(String code, List<String> diagnostics) implements Failure {
        @Override
        public String message() {
            return "the flow is not valid: " + String.join("; ", diagnostics);
        }
    }

    /**
     * The kernel itself failed: a bug of ours, or the process has no memory left. The run was given
     * up.
     *
     * @param cause what happened
     */
    record Broken(Throwable cause) implements Failure {
        @Override
        public String code() {
            return "RUN199";
        }

        @Override
        public String message() {
            return "the kernel failed: " + cause;
        }
    }

    /**
     * A failure as a store of finished runs remembers it.
     *
     * @param code code of the original
     * @param message message of the original
     */
    record Recorded(String code, String message) implements Failure {}

    /**
     * The runtime is full or closing: nothing was started, try again later.
     *
     * @param reason which bound was met
     * @param retryAfter when to try again
     */
    record Refused(String reason, Duration retryAfter) implements Failure {
        @Override
        public String code() {
            return "RUN107";
        }

        @Override
        public String message() {
            return "refused: " + reason;
        }
    }
}
