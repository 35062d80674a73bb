package io.memlink.test.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link Draw}.
 */
class DrawTests {

    @AfterEach
    void forgetTheSeed() {
        System.clearProperty(Draw.SEED);
    }

    @Test
    void checksAsManyDifferentCasesAsAskedFor() {
        Set<List<Long>> cases = new HashSet<>();
        Draw.cases(100, (draw) -> cases.add(draw.list(5, 5, draw::longValue)));
        assertThat(cases).hasSize(100);
    }

    @Test
    void aFailureNamesTheSeedThatRepeatsItsCase() {
        AtomicInteger runs = new AtomicInteger();
        List<String> drawn = new ArrayList<>();
        Draw.Property property = (draw) -> {
            runs.incrementAndGet();
            drawn.add(draw.list(3, 3, draw::intValue).toString() + draw.decimal() + draw.codePoint());
            if (draw.chance(0.2)) {
                throw new IllegalStateException("as drawn");
            }
        };
        Throwable failure = catchThrowable(() -> Draw.cases(1_000, property));
        assertThat(failure).isInstanceOf(AssertionError.class)
            .hasMessageContaining("as drawn")
            .hasRootCauseInstanceOf(IllegalStateException.class);
        Matcher seed = Pattern.compile("-D" + Draw.SEED + "=(-?\\d+)").matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();
        String failed = drawn.get(drawn.size() - 1);

        runs.set(0);
        System.setProperty(Draw.SEED, seed.group(1));
        assertThat(catchThrowable(() -> Draw.cases(1_000, property))).hasMessageContaining("case 1, ");
        assertThat(runs).hasValue(1);
        assertThat(drawn).last().isEqualTo(failed);
    }

    @Test
    void aPassingPropertyThrowsNothing() {
        assertThat(catchThrowable(() -> Draw.cases(10, Draw::doubleValue))).isNull();
    }

    @Test
    void edgesOfARangeComeUpOften() {
        AtomicInteger edges = new AtomicInteger();
        Draw.cases(1_000, (draw) -> {
            int number = draw.between(-1_000_000, 1_000_000);
            assertThat(number).isBetween(-1_000_000, 1_000_000);
            edges.addAndGet((Math.abs(number) == 1_000_000) ? 1 : 0);
        });
        assertThat(edges.get()).isBetween(50, 250);
    }

    @Test
    void codePointsAreNoSurrogates() {
        Draw.cases(2_000, (draw) -> {
            int point = draw.codePoint();
            assertThat(Character.isValidCodePoint(point)).isTrue();
            assertThat(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE).isFalse();
        });
    }

    @Test
    void fractionsAreFinite() {
        Draw.cases(5_000, (draw) -> {
            assertThat(draw.doubleValue()).isFinite();
            assertThat(draw.floatValue()).isFinite();
        });
    }

}
