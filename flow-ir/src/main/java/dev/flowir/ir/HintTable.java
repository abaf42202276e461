package dev.flowir.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What hints demand and which of them a capability can be bound to. Immutable; the first row that
 * matches wins.
 */
public final class HintTable {

    /** All rows: what the checker uses unless told otherwise. */
    public static final HintTable FULL =
            new HintTable(
                    List.of(
                            Hint.determinism("resource::http", Determinism.BEST_EFFORT),
                            Hint.effects("resource::http::read", Effects.READ_ONLY),
                            Hint.effects("resource::http::write", Effects.EFFECTFUL),
                            Hint.determinism("resource::clock", Determinism.BEST_EFFORT),
                            Hint.determinism("resource::rng", Determinism.BEST_EFFORT),
                            Hint.determinism("resource::db", Determinism.BEST_EFFORT),
                            Hint.effects("resource::db::read", Effects.READ_ONLY),
                            Hint.effects("resource::db::write", Effects.EFFECTFUL),
                            Hint.determinism("resource::kv", Determinism.BEST_EFFORT),
                            Hint.effects("resource::kv::read", Effects.READ_ONLY),
                            Hint.effects("resource::kv::write", Effects.EFFECTFUL),
                            Hint.determinism("resource::blob", Determinism.BEST_EFFORT),
                            Hint.effects("resource::blob::read", Effects.READ_ONLY),
                            Hint.effects("resource::blob::write", Effects.EFFECTFUL),
                            Hint.determinism("resource::queue", Determinism.BEST_EFFORT),
                            Hint.effects("resource::queue::publish", Effects.EFFECTFUL),
                            Hint.effects("resource::queue::consume", Effects.READ_ONLY),
                            Hint.determinism("resource::dedupe", Determinism.BEST_EFFORT),
                            Hint.effects("resource::dedupe::write", Effects.EFFECTFUL)),
                    bindable());

    /**
     * The few rows that the reference's command line applies: HTTP, clock, random numbers and
     * database writes.
     */
    public static final HintTable CORE =
            new HintTable(
                    List.of(
                            Hint.determinism("resource::http", Determinism.BEST_EFFORT),
                            Hint.effects("resource::http::read", Effects.READ_ONLY),
                            Hint.effects("resource::http::write", Effects.EFFECTFUL),
                            Hint.determinism("resource::clock", Determinism.BEST_EFFORT),
                            Hint.determinism("resource::rng", Determinism.BEST_EFFORT),
                            Hint.effects("resource::db::write", Effects.EFFECTFUL)),
                    bindable());

    private final List<Hint> rows;
    private final Set<String> bindable;

    private HintTable(List<Hint> rows, Collection<String> bindable) {
        this.rows = List.copyOf(rows);
        this.bindable = Collections.unmodifiableSet(new LinkedHashSet<>(bindable));
    }

    private static List<String> bindable() {
        return List.of(
                "resource::http::read",
                "resource::http::write",
                "resource::db::read",
                "resource::db::write",
                "resource::kv::read",
                "resource::kv::write",
                "resource::blob::read",
                "resource::blob::write",
                "resource::queue::publish",
                "resource::queue::consume",
                "resource::dedupe::write");
    }

    /**
     * Adds or replaces a row.
     *
     * @param hint the row
     * @return this table with {@code hint} in the place of the row of the same id, or else at the
     *     end
     */
    public HintTable with(Hint hint) {
        List<Hint> changed = new ArrayList<>(rows);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).id().equals(hint.id())) {
                changed.set(i, hint);
                return new HintTable(changed, bindable);
            }
        }
        changed.add(hint);
        return new HintTable(changed, bindable);
    }

    /**
     * Adds a hint that a capability offers.
     *
     * @param id the hint, exactly
     * @return this table, knowing that some capability can be bound to it
     */
    public HintTable withBindable(String id) {
        Set<String> more = new LinkedHashSet<>(bindable);
        more.add(id);
        return new HintTable(rows, more);
    }

    /** {@return the rows in the order in which they are tried} */
    public List<Hint> rows() {
        return rows;
    }

    /**
     * What a hint demands of a node's effects.
     *
     * @param id the hint
     * @return the minimum of the first row that {@code id} starts with
     */
    public Optional<Effects> effectMinimum(String id) {
        for (Hint row : rows) {
            if (row.effectMinimum().isPresent() && id.startsWith(row.id())) {
                return row.effectMinimum();
            }
        }
        return Optional.empty();
    }

    /**
     * What a hint demands of a node's determinism.
     *
     * @param id the hint
     * @return the minimum of the first row that {@code id} starts with
     */
    public Optional<Determinism> determinismMinimum(String id) {
        for (Hint row : rows) {
            if (row.determinismMinimum().isPresent() && id.startsWith(row.id())) {
                return row.determinismMinimum();
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a capability offers a hint.
     *
     * @param id the hint
     * @return true when some capability can be bound to exactly this hint
     */
    public boolean isBindable(String id) {
        return bindable.contains(id);
    }

    /** {@return the hints that some capability can be bound to, in a fixed order} */
    public Set<String> bindableHints() {
        return bindable;
    }
}
