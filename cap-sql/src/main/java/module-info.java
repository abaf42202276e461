/** SQL as a capability: SQLite in the embedded store by default, any JDBC database otherwise. */
@org.jspecify.annotations.NullMarked
module dev.flowir.sql {
    requires static org.jspecify;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.store;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.flowir.sql;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.sql.SqlModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.sql.SqlKinds;
}
