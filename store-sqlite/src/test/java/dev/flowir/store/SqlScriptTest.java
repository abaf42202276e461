package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    private static List<String> texts(String script) {
        return SqlScript.parse(script).statements().stream()
                .map(SqlScript.Statement::text)
                .toList();
    }

    @Test
    void semicolonsSeparateAndTheLastIsOptional() {
        assertEquals(List.of("a", "b", "c"), texts(" a ; b;\n;; c"));
        assertEquals(List.of(), texts(" \n -- nothing\n /* ; */ ;"));
    }

    @Test
    void stringsNamesAndCommentsHideSemicolons() {
        assertEquals(
                List.of("SELECT ';', 'it''s;', \"a;b\", [c;d], `e;f` -- ;\n, /* ; */ 1", "x"),
                texts("SELECT ';', 'it''s;', \"a;b\", [c;d], `e;f` -- ;\n, /* ; */ 1; x"));
    }

    @Test
    void whatIsNotClosedRunsToTheEnd() {
        assertEquals(List.of("SELECT 'open; x"), texts("SELECT 'open; x"));
        assertEquals(List.of("SELECT 1"), texts("SELECT 1 /* open ; x"));
    }

    @Test
    void aTriggerKeepsItsBody() {
        String trigger =
                "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN"
                        + " SELECT CASE WHEN 1 THEN 2 END; UPDATE a SET v = 1; END";
        assertEquals(List.of(trigger, "SELECT 1"), texts(trigger + ";\nSELECT 1;"));
        assertEquals(
                List.of("CREATE TABLE trigger_log (v)", "b"),
                texts("CREATE TABLE trigger_log (v); b"));
    }

    @Test
    void linesCountFromOneAndNameTheStartOfAStatement() {
        List<SqlScript.Statement> statements =
                SqlScript.parse("-- first\na\n b;\n\n/* x\n */ c; d").statements();
        assertEquals(List.of(2, 6, 6), statements.stream().map(s -> s.line()).toList());
    }

    @Test
    void wordsLeaveOutStringsAndNumbers() {
        SqlScript.Statement only =
                SqlScript.parse("/* x */ INSERT INTO \"My T\" VALUES ('flowir_x', 1e3, ?1, :name)")
                        .statements()
                        .get(0);
        assertEquals(List.of("insert", "into", "my t", "values", "name"), only.words());
        assertEquals("insert", only.keyword());
    }
}
