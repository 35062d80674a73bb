package io.memlink.cluster.routing;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import io.memlink.cluster.Membership;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How often a list of backends has to come that looks like a mistake.
 */
class RepeatedAnswersTests {

    private static final List<Backend> ONE = List.of(Backend.parse("cache-1"), Backend.parse("cache-2"));

    private static final List<Backend> OTHER = List.of(Backend.parse("cache-3"));

    private final List<List<Backend>> applied = new ArrayList<>();

    /** Refuses everything that is not forced. */
    private final Membership membership = (Membership) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { Membership.class }, (proxy, method, arguments) -> apply(arguments));

    private final RepeatedAnswers answers = new RepeatedAnswers(this.membership);

    @SuppressWarnings("unchecked")
    private Object apply(Object[] arguments) {
        if (!(boolean) arguments[1]) {
            throw new IllegalArgumentException("refused");
        }
        return this.applied.add((List<Backend>) arguments[0]);
    }

    private void assertRefused(List<Backend> backends) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.answers.accept(backends));
    }

    @Test
    void theThirdTimeInARowItIsNoMistake() {
        assertRefused(ONE);
        assertRefused(List.of(ONE.get(1), ONE.get(0)));
        this.answers.accept(ONE);
        assertThat(this.applied).containsExactly(ONE);
        assertRefused(ONE);
    }

    @Test
    void anotherAnswerInBetweenBeginsTheCountAnew() {
        assertRefused(ONE);
        assertRefused(ONE);
        assertRefused(OTHER);
        assertRefused(ONE);
        assertRefused(ONE);
        assertThat(this.applied).isEmpty();
    }

}
