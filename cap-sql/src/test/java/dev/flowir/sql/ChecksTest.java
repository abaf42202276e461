package dev.flowir.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.store.SqlScript;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements are cut once and remembered by their text; what is refused is refused each time. */
class ChecksTest {

    private static SqlLimits limits(int statementBytes, int valueBytes) {
        SqlLimits of = SqlLimits.CLOUDFLARE_PROD;
        return new SqlLimits(
                of.profile(),
                of.parameters(),
                statementBytes,
                valueBytes,
                of.statementTime(),
                of.statementsPerAttempt(),
                of.rows());
    }

    private static SqlException refused(Runnable work) {
        return assertThrows(SqlException.class, work::run);
    }

    @Test
    void aStatementIsCutOnceForAllHandles() {
        String sql = "SELECT 'remembered'";
        SqlScript.Statement first = new Checks(SqlLimits.CLOUDFLARE_PROD).statement(sql);
        assertEquals(sql, first.text());
        assertSame(
                first,
                new Checks(SqlLimits.MINIFLARE).statement(String.valueOf(sql.toCharArray())));
    }

    @Test
    void twoTextsAtOnePlaceAreToldApart() {
        String one = "SELECT 'Aa'";
        String other = "SELECT 'BB'";
        assertEquals(one.hashCode(), other.hashCode());
        Checks checks = new Checks(SqlLimits.CLOUDFLARE_PROD);
        for (String sql : List.of(one, other, one, other)) {
            assertEquals(sql, checks.statement(sql).text());
        }
    }

    @Test
    void whatIsRefusedIsRefusedEachTime() {
        Checks checks = new Checks(SqlLimits.CLOUDFLARE_PROD);
        for (int i = 0; i < 2; i++) {
            assertEquals(SqlFault.REFUSED, refused(() -> checks.statement("COMMIT")).fault());
            assertEquals(
                    SqlFault.REFUSED,
                    refused(() -> checks.statement("SELECT * FROM flowir_queue")).fault());
            assertEquals(SqlFault.STATEMENT, refused(() -> checks.statement("  ")).fault());
            assertEquals(
                    SqlFault.STATEMENT,
                    refused(() -> checks.statement("SELECT 1; SELECT 2")).fault());
        }
    }

    @Test
    void aStatementThatIsKnownMeetsTheLimitOfWhoeverAsks() {
        String sql = "SELECT 'äöü'"; // 12 characters, 15 bytes
        assertEquals(sql, new Checks(limits(15, 100)).statement(sql).text());
        for (int i = 0; i < 2; i++) {
            SqlException tooLong = refused(() -> new Checks(limits(14, 100)).statement(sql));
            assertEquals(SqlFault.LIMIT, tooLong.fault());
            assertTrue(tooLong.text().contains("15 bytes, the limit is 14"), tooLong.text());
        }
    }

    @Test
    void longTextIsCutAgainAndIsTheSame() {
        String sql = "SELECT '" + "x".repeat(5_000) + "'";
        Checks checks = new Checks(SqlLimits.CLOUDFLARE_PROD);
        assertEquals(sql, checks.statement(sql).text());
        assertEquals(sql, checks.statement(sql).text());
    }

    @Test
    void theBytesOfTextAreCountedUpToTheLast() {
        Checks checks = new Checks(limits(1_000, 9));
        checks.parameters(Arrays.asList("abc", "abcdefghi", "€€€", "\ud83d\ude00\ud83d\ude00a"));
        for (String text : List.of("abcdefghij", "€€€a", "\ud83d\ude00\ud83d\ude00ab")) {
            SqlException tooLong = refused(() -> checks.parameters(List.of(text)));
            assertEquals(SqlFault.LIMIT, tooLong.fault());
            assertTrue(tooLong.text().contains("10 bytes, the limit is 9"), tooLong.text());
        }
    }
}
