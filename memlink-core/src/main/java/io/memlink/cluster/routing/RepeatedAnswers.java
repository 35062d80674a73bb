package io.memlink.cluster.routing;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.memlink.cluster.Membership;
import io.memlink.placement.Backend;

/**
 * The answers of a discovery on their way to the membership, which refuses a list that
 * looks like a mistake. A mistake passes; a list that comes three times in a row, with no
 * other in between, is what there is, and is forced. Confined to one thread.
 */
final class RepeatedAnswers implements Consumer<List<Backend>> {

    private static final int ENOUGH = 3;

    private final Membership membership;

    private Set<Backend> refused = Set.of();

    private int times;

    RepeatedAnswers(Membership membership) {
        this.membership = membership;
    }

    @Override
    public void accept(List<Backend> backends) {
        Set<Backend> answer = Set.copyOf(backends);
        boolean again = answer.equals(this.refused);
        try {
            this.membership.apply(backends, again && this.times + 1 >= ENOUGH);
            this.refused = Set.of();
            this.times = 0;
        }
        catch (IllegalArgumentException ex) {
            this.times = again ? this.times + 1 : 1;
            this.refused = answer;
            throw ex;
        }
    }

}
