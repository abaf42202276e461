package dev.flowir.kernel.cap;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Requirement;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a backend promises, machine-readable: preflight compares it with what nodes ask for.
 *
 * @param consistency what a read sees
 * @param durability what a crash leaves
 * @param ttl how entries expire
 * @param ordering which order is kept
 * @param extras further guarantees, for example {@link Guarantee#SHARED_TRANSACTION}
 */
public record Descriptor(
        Consistency consistency,
        Durability durability,
        Ttl ttl,
        Order ordering,
        Set<Guarantee> extras) {

    /** What a read sees. */
    public enum Consistency {
        /** Every acknowledged write. */
        STRONG,
        /** Some older state, for a while. */
        EVENTUAL
    }

    /** What a crash leaves. */
    public enum Durability {
        /** Nothing. */
        NONE,
        /** What reached the disk of this machine before it was acknowledged. */
        LOCAL_DISK,
        /** What reached several machines before it was acknowledged. */
        REPLICATED
    }

    /** How entries expire. */
    public enum Ttl {
        /** They don't. */
        NONE,
        /** By themselves, after a time that the writer gives. */
        NATIVE
    }

    /** Which order is kept. */
    public enum Order {
        /** None. */
        NONE,
        /** First in, first out for items with the same key. */
        PER_KEY,
        /** First in, first out for all items. */
        TOTAL
    }

    private static final List<Consistency> CONSISTENCIES =
            List.of(Consistency.EVENTUAL, Consistency.STRONG);
    private static final List<Durability> DURABILITIES =
            List.of(Durability.NONE, Durability.LOCAL_DISK, Durability.REPLICATED);
    private static final List<Ttl> TTLS = List.of(Ttl.NONE, Ttl.NATIVE);
    private static final List<Order> ORDERS = List.of(Order.NONE, Order.PER_KEY, Order.TOTAL);

    /** Copies the set. */
    public Descriptor {
        extras = Set.copyOf(extras);
    }

    /**
     * What a backend in the memory of one process promises: every read sees every write, a crash
     * leaves nothing, entries don't expire and have no order.
     *
     * @return the descriptor
     */
    public static Descriptor inMemory() {
        return new Descriptor(Consistency.STRONG, Durability.NONE, Ttl.NONE, Order.NONE, Set.of());
    }

    /** {@return all guarantees that follow} */
    public Set<Guarantee> guarantees() {
        Set<Guarantee> all = EnumSet.noneOf(Guarantee.class);
        all.addAll(extras);
        if (consistency == Consistency.STRONG) {
            all.add(Guarantee.STRONG_CONSISTENCY);
        }
        if (durability != Durability.NONE) {
            all.add(Guarantee.DURABILITY);
        }
        if (ttl == Ttl.NATIVE) {
            all.add(Guarantee.EXPIRY);
        }
        if (ordering != Order.NONE) {
            all.add(Guarantee.ORDER_PER_KEY);
        }
        return all;
    }

    /**
     * Whether a backend of this description will do.
     *
     * @param requirement what is asked for
     * @return false also for a property or level that is not known here
     */
    public boolean meets(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Promise promise -> guarantees().contains(promise.guarantee());
            case Requirement.AnyOf any -> any.options().stream().anyMatch(this::meets);
            case Requirement.AtLeast least ->
                    switch (least.property()) {
                        case "consistency" -> reaches(CONSISTENCIES, consistency, least.level());
                        case "durability" -> reaches(DURABILITIES, durability, least.level());
                        case "ttl" -> reaches(TTLS, ttl, least.level());
                        case "ordering" -> reaches(ORDERS, ordering, least.level());
                        default -> false;
                    };
        };
    }

    private static <E extends Enum<E>> boolean reaches(List<E> upwards, E given, String level) {
        for (E one : upwards) {
            if (one.name().toLowerCase(Locale.ROOT).equals(level)) {
                return upwards.indexOf(given) >= upwards.indexOf(one);
            }
        }
        return false;
    }
}
