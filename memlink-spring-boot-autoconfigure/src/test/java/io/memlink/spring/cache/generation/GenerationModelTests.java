package io.memlink.spring.cache.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

import io.memlink.spring.cache.generation.CopyRule.Step;
import io.memlink.spring.cache.generation.CopyRule.Verdict;
import io.memlink.spring.cache.generation.CopyWorld.Op;
import io.memlink.spring.cache.generation.CopyWorld.Setting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All orders in which two clients read and clear a generation while backends are paused,
 * go on and lose their memory, explored breadth first with the rule that decides in
 * production: a clear that was reported done is not undone. Weaker rules are explored as
 * well, to see that the explorer finds what is wrong with them.
 */
class GenerationModelTests {

    private static final long FIRST = 1 << 3;

    private static final long NOTHING = GenerationNumber.NONE;

    private static final int MAX_STATES = 3_000_000;

    private static final List<Op> CLEAR = List.of(Op.CLEAR);

    private static final List<Op> READ = List.of(Op.READ);

    private static final List<Op> READS = List.of(Op.READ, Op.READ);

    private static final Predicate<CopyWorld> UNDONE = (world) -> world.violation().contains("undone");

    private static final Predicate<CopyWorld> WRONG = (world) -> !world.violation().isEmpty();

    /** Returns the last step to what must not be, or nothing. */
    private static String explore(Setting setting, Predicate<CopyWorld> forbidden) {
        return explore(setting, FIRST, forbidden);
    }

    private static String explore(Setting setting, long first, Predicate<CopyWorld> forbidden) {
        CopyWorld begin = new CopyWorld(setting, first);
        Set<Long> known = new HashSet<>(Set.of(begin.fingerprint()));
        Queue<CopyWorld> open = new ArrayDeque<>(List.of(begin));
        List<String> found = new ArrayList<>();
        while (found.isEmpty() && !open.isEmpty()) {
            CopyWorld world = open.remove();
            world.next((next) -> {
                if (forbidden.test(next) && found.isEmpty()) {
                    found.add(world + " -> " + next);
                }
                if (known.add(next.fingerprint())) {
                    open.add(next);
                }
            });
            assertThat(known.size()).as("states").isLessThan(MAX_STATES);
        }
        return String.join("", found);
    }

    @Test
    void aClearThatWasDoneIsNotUndoneByTheLossOrTheRestartOfOneOfThree() {
        assertThat(explore(Setting.of(3, List.of(CLEAR, READS), 0, 1).answering(), UNDONE)).isEmpty();
        assertThat(explore(Setting.of(3, List.of(CLEAR, READ), 0, 1).joining().answering(), UNDONE)).isEmpty();
    }

    @Test
    void norByTheReturnOfOneThatWasAwayDuringIt() {
        assertThat(explore(Setting.of(3, List.of(CLEAR, READS), 1, 0).joining().answering(), UNDONE)).isEmpty();
        assertThat(explore(Setting.of(3, List.of(CLEAR, READ), 1, 1).answering(), UNDONE)).isEmpty();
    }

    @Test
    void norByTheLossRestartOrReturnOfOneOfTwo() {
        assertThat(explore(Setting.of(2, List.of(CLEAR, READS), 1, 1).joining(), UNDONE)).isEmpty();
    }

    @Test
    void norByAnotherClear() {
        assertThat(explore(Setting.of(3, List.of(CLEAR, CLEAR), 0, 0).answering(), UNDONE)).isEmpty();
    }

    @Test
    void whatWasUsedOfThreeCopiesIsNotFollowedByAnOlderOne() {
        assertThat(explore(Setting.of(3, List.of(CLEAR, READS), 1, 0), WRONG)).isEmpty();
    }

    @Test
    void aClearThatIsNotLookedAtTwiceIsUndoneByALossDuringIt() {
        assertThat(explore(Setting.of(3, List.of(CLEAR, READ), 0, 1).beingHasty(), UNDONE)).isNotEmpty();
        assertThat(explore(Setting.of(2, List.of(CLEAR, READ), 0, 1).beingHasty(), UNDONE)).isNotEmpty();
    }

    @Test
    void oneCopyThatIsLostCostsTheCache() {
        assertThat(explore(Setting.of(1, List.of(READS, READS), 0, 1).answering(), GenerationModelTests::isRenewed))
            .isNotEmpty();
    }

    @Test
    void oneOfSeveralCopiesThatIsLostCostsNothing() {
        assertThat(explore(Setting.of(2, List.of(READS, READS), 0, 1).answering(), GenerationModelTests::isRenewed))
            .isEmpty();
        assertThat(explore(Setting.of(3, List.of(READS, READS), 0, 1).answering(), GenerationModelTests::isRenewed))
            .isEmpty();
        assertThat(explore(Setting.of(3, List.of(READS, READS), 1, 0).answering(), GenerationModelTests::isRenewed))
            .isEmpty();
    }

    private static boolean isRenewed(CopyWorld world) {
        return world.everUsed() != 1L << FIRST;
    }

    @Test
    void ofTwoWhoFindItLostOneMakesTheNext() {
        for (int copies = 1; copies <= 3; copies++) {
            Setting setting = Setting.of(copies, List.of(READ, READ), 0, 0).answering();
            assertThat(explore(setting, NOTHING, GenerationModelTests::areTwoUsed)).isEmpty();
            assertThat(explore(setting.beingHasty(), NOTHING, GenerationModelTests::areTwoUsed)).isNotEmpty();
        }
    }

    private static boolean areTwoUsed(CopyWorld world) {
        return Long.bitCount(world.everUsed()) > 1;
    }

    @Test
    void aClearThatOnlyOneCopyTookCanBeUndone() {
        Setting right = Setting.of(3, List.of(CLEAR, READ), 0, 1);
        Setting weak = new Setting(3, right.reads(), 1, 1, right.programs(), 1, 1, true, true, false);
        assertThat(explore(weak, UNDONE)).isNotEmpty();
    }

    @Test
    void believingTheFirstCopyThatAnswersUndoesClears() {
        CopyRule rule = new CopyRule(3);
        Setting weak = new Setting(3, (read, used, least) -> {
            Verdict verdict = rule.read(read, used, least);
            long newest = Math.max(read[0], Math.max(read[1], read[2]));
            return (verdict.step() == Step.WAIT && newest > 0) ? new Verdict(Step.USE, newest) : verdict;
        }, 1, 2, List.of(CLEAR, READ), 1, 0, true, true, false);
        assertThat(explore(weak, UNDONE)).isNotEmpty();
    }

    @Test
    void takingAnEmptyCopyForAVoteUndoesClears() {
        CopyRule rule = new CopyRule(3);
        Setting weak = new Setting(3, (read, used, least) -> {
            long[] voted = read.clone();
            long newest = Math.max(read[0], Math.max(read[1], read[2]));
            for (int i = 0; i < voted.length; i++) {
                voted[i] = (voted[i] == GenerationNumber.NONE && newest > 0) ? newest : voted[i];
            }
            return rule.read(voted, used, least);
        }, 2, 2, List.of(CLEAR, READ), 1, 1, true, true, false);
        assertThat(explore(weak, UNDONE)).isNotEmpty();
    }

}
