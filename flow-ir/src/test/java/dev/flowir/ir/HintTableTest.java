package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HintTableTest {

    @Test
    void matchesByPlainPrefixWithoutBoundary() {
        assertEquals(
                Optional.of(Effects.READ_ONLY),
                HintTable.FULL.effectMinimum("resource::http::reader"));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                HintTable.FULL.determinismMinimum("resource::https"));
    }

    @Test
    void doesNotMatchShorterOtherCasedOrPaddedHints() {
        assertEquals(Optional.empty(), HintTable.FULL.effectMinimum("resource::http"));
        assertEquals(Optional.empty(), HintTable.FULL.effectMinimum("resource::HTTP::read"));
        assertEquals(Optional.empty(), HintTable.FULL.effectMinimum(" resource::http::read"));
        assertEquals(Optional.empty(), HintTable.FULL.determinismMinimum("resource::htt"));
    }

    @Test
    void coreKnowsHttpClockRngAndDatabaseWrites() {
        assertEquals(
                Optional.of(Effects.EFFECTFUL),
                HintTable.CORE.effectMinimum("resource::db::write"));
        assertEquals(Optional.empty(), HintTable.CORE.effectMinimum("resource::db::read"));
        assertEquals(Optional.empty(), HintTable.CORE.determinismMinimum("resource::db"));
        assertEquals(Optional.empty(), HintTable.CORE.effectMinimum("resource::kv::write"));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                HintTable.CORE.determinismMinimum("resource::rng"));
    }

    @Test
    void firstRowThatMatchesWins() {
        HintTable table =
                HintTable.CORE
                        .with(Hint.effects("mail", Effects.EFFECTFUL))
                        .with(Hint.effects("mail::read", Effects.READ_ONLY));
        assertEquals(Optional.of(Effects.EFFECTFUL), table.effectMinimum("mail::read"));
    }

    @Test
    void withReplacesInPlaceAndLeavesTheOriginal() {
        HintTable changed =
                HintTable.CORE.with(Hint.effects("resource::http::read", Effects.EFFECTFUL));
        assertEquals(Optional.of(Effects.EFFECTFUL), changed.effectMinimum("resource::http::read"));
        assertEquals(
                HintTable.CORE.rows().stream().map(Hint::id).toList(),
                changed.rows().stream().map(Hint::id).toList());
        assertEquals(
                Optional.of(Effects.READ_ONLY),
                HintTable.CORE.effectMinimum("resource::http::read"));
    }

    @Test
    void bindableIsExact() {
        assertTrue(HintTable.CORE.isBindable("resource::kv::read"));
        assertFalse(HintTable.FULL.isBindable("resource::kv"));
        assertFalse(HintTable.FULL.isBindable("resource::dedupe::store"));
        assertTrue(HintTable.FULL.withBindable("mail::send").isBindable("mail::send"));
    }
}
