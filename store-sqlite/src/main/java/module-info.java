/** The embedded store: one file, one writer, group commit, migrations. */
@org.jspecify.annotations.NullMarked
module dev.flowir.store {
    requires static org.jspecify;
    requires transitive java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;

    exports dev.flowir.store;
}
