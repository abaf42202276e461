package dev.flowir.sql;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of SQL; found through {@link java.util.ServiceLoader}. */
public final class SqlModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public SqlModule() {}

    @Override
    public String capability() {
        return Sql.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Sql.HINT, Determinism.BEST_EFFORT),
                Hint.effects(Sql.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Sql.WRITE_HINT, Effects.EFFECTFUL));
    }
}
