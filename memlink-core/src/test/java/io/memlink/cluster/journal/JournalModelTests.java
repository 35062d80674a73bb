package io.memlink.cluster.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import io.memlink.cluster.journal.ModelBackend.Event;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.NotStored;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promise of the journal under every order of a few events, and under many orders of
 * more: a client's requests for one key of a backend that answers, refuses, is late,
 * loses its connection, is replaced, and is reached by copies of what was lost.
 */
class JournalModelTests {

    private static final int EVENTS = 6;

    private static final int WALKS = 5_000;

    private static final int LONG_WALK = 30;

    private static final String OLD = "old";

    static Stream<List<MetaRequest<MetaReply>>> scripts() {
        return Stream.of(List.of(delete(), get(), get()), List.of(set(1), get(), set(2), get()),
                List.of(set(1), set(2), get(), get()), List.of(set(1), delete(), get(), get()),
                List.of(delete(), add(1), get()), List.of(set(1), get(), add(2), get()));
    }

    private static MetaSet set(int bytes) {
        return MetaSet.builder(ModelBackend.KEY, new byte[bytes]).build();
    }

    private static MetaSet add(int bytes) {
        return MetaSet.builder(ModelBackend.KEY, new byte[bytes]).mode(MetaSet.Mode.ADD).build();
    }

    private static MetaDelete delete() {
        return MetaDelete.builder(ModelBackend.KEY).build();
    }

    private static MetaGet get() {
        return MetaGet.value(ModelBackend.KEY);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void nothingThatIsOwedADeleteIsReadInAnyOrderOfEvents(List<MetaRequest<MetaReply>> script) {
        List<int[]> path = new ArrayList<>();
        do {
            int[] depth = { 0 };
            assertKept(script, EVENTS, (count) -> {
                if (depth[0] == path.size()) {
                    path.add(new int[] { 0, count });
                }
                return path.get(depth[0]++)[0];
            });
        }
        while (advance(path));
    }

    /** Moves to the next order: the last choice that has another one left takes it. */
    private static boolean advance(List<int[]> path) {
        while (!path.isEmpty()) {
            int[] last = path.get(path.size() - 1);
            if (++last[0] < last[1]) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void norInLongOrdersOfThem(List<MetaRequest<MetaReply>> script) {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            assertKept(script, LONG_WALK, random::nextInt);
        }
    }

    private static void assertKept(List<MetaRequest<MetaReply>> script, int events, IntUnaryOperator choice) {
        Run run = new Run(script);
        run.go(events, choice);
        run.end();
        assertThat(run.broken).as(() -> "what was read in " + run.trace).isNull();
    }

    /** What one client does, and what becomes of it. */
    private static final class Run {

        private final List<MetaRequest<MetaReply>> script;

        private final ModelBackend backend = new ModelBackend(OLD);

        private final List<String> trace = new ArrayList<>();

        /** What was there before. */
        private final Set<String> known = new HashSet<>(Set.of(OLD));

        /** What must not be found by a read that begins from now on. */
        private final Set<String> gone = new HashSet<>();

        private int asked;

        private @Nullable String broken;

        Run(List<MetaRequest<MetaReply>> script) {
            this.script = script;
        }

        void go(int events, IntUnaryOperator choice) {
            List<Event> possible = this.backend.possible();
            for (int i = 0; i < events && possible.size() + this.script.size() - this.asked > 0; i++) {
                boolean more = this.asked < this.script.size();
                int chosen = choice.applyAsInt(possible.size() + (more ? 1 : 0));
                if (chosen == possible.size()) {
                    ask(this.script.get(this.asked++));
                }
                else {
                    happen(possible.get(chosen));
                }
                possible = this.backend.possible();
            }
        }

        private void happen(Event event) {
            this.trace.add(event.name());
            this.backend.happen(event);
        }

        /** All is answered in the end, and another read tells what is left. */
        void end() {
            while (this.asked < this.script.size()) {
                ask(this.script.get(this.asked++));
            }
            answerAll();
            ask(get());
            answerAll();
            assertThat(this.backend.possible()).as(() -> "what is left after " + this.trace).isEmpty();
            ask(get());
            answerAll();
        }

        private void answerAll() {
            List<Event> possible = this.backend.possible();
            for (int i = 0; i < 100 && !possible.isEmpty(); i++) {
                boolean answers = possible.contains(Event.ANSWERED);
                happen(answers ? Event.ANSWERED
                        : possible.contains(Event.COPY_ARRIVES) ? Event.COPY_ARRIVES : Event.TIME_PASSES);
                possible = this.backend.possible();
            }
        }

        private void ask(MetaRequest<MetaReply> request) {
            this.trace.add(request.operation());
            Set<String> goneBefore = Set.copyOf(this.gone);
            Set<String> knownBefore = Set.copyOf(this.known);
            CompletableFuture<MetaReply> end = this.backend.send(request);
            end.whenComplete((reply, failure) -> {
                this.trace.add(request.operation() + ": " + ((failure != null) ? failure : reply));
                if (request instanceof MetaGet) {
                    read(reply, goneBefore);
                }
                else {
                    changed(request, reply, failure, knownBefore);
                }
            });
        }

        private void read(@Nullable MetaReply reply, Set<String> goneBefore) {
            if (reply instanceof Hit hit) {
                String value = new String(hit.value(), StandardCharsets.US_ASCII);
                if (goneBefore.contains(value)) {
                    this.broken = value;
                }
            }
        }

        private void changed(MetaRequest<MetaReply> request, @Nullable MetaReply reply, @Nullable Throwable failure,
                Set<String> knownBefore) {
            boolean owed = failure != null && RequestEffect.afterFailure(request, failure, true) != Owed.NOTHING;
            if ((failure == null && !(reply instanceof NotStored)) || owed) {
                this.gone.addAll(knownBefore);
            }
            if (request instanceof MetaSet set) {
                this.known.add(ModelBackend.valueOf(set));
                if (owed) {
                    this.gone.add(ModelBackend.valueOf(set));
                }
            }
        }

    }

}
