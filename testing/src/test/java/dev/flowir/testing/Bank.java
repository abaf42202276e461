package dev.flowir.testing;

import dev.flowir.durable.Dedupe;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Something outside that moves money, and may or may not recognise a key that it has seen. */
final class Bank implements CapabilityProvider {

    static final WriteToken<Bank> TOKEN =
            WriteToken.of("bank", "bank", Bank.class, "resource::http::write", "resource::http");

    private final boolean knowsKeys;
    private final Map<String, Integer> moved = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private Runnable onCharge = () -> {};
    private Runnable afterCharge = () -> {};

    Bank(boolean knowsKeys) {
        this.knowsKeys = knowsKeys;
    }

    synchronized int charge(Dedupe.Claim claim, int amount) {
        calls.add(claim.begunBefore().isPresent() ? "again" : "first");
        moved.merge(claim.key(), amount, (old, more) -> knowsKeys ? old : old + more);
        once(onCharge, () -> onCharge = () -> {});
        return amount;
    }

    /** The body is done and its result not recorded yet. */
    synchronized void charged() {
        once(afterCharge, () -> afterCharge = () -> {});
    }

    private static void once(Runnable action, Runnable clear) {
        clear.run();
        action.run();
    }

    synchronized Bank onCharge(Runnable action) {
        onCharge = action;
        return this;
    }

    synchronized Bank afterCharge(Runnable action) {
        afterCharge = action;
        return this;
    }

    /** What was moved in all. */
    synchronized int moved() {
        return moved.values().stream().mapToInt(it -> it).sum();
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String kind() {
        return "bank.test";
    }

    @Override
    public String binding() {
        return "bank";
    }

    @Override
    public Set<String> hints() {
        return Set.of("resource::http::write");
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.REPLICATED,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                knowsKeys ? Set.of(Guarantee.IDEMPOTENT_BY_KEY) : Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(this);
    }
}
