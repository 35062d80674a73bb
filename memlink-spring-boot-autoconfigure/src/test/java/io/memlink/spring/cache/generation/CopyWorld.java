package io.memlink.spring.cache.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.memlink.spring.cache.generation.CopyRule.Step;
import io.memlink.spring.cache.generation.CopyRule.Verdict;

/**
 * One state of two clients and the copies of a generation, and all that can happen next.
 * A backend answers a request at any time, or executes it and its answer is lost, or is
 * paused or empty; what was given up may be executed later. Clients have no clocks: a new
 * number is just above those that its maker has seen, which is the worst case. Numbers
 * are 1 to 63, so that a set of them is a {@code long}: three bits of chance, which are
 * different for each number that is made, behind three bits that count.
 */
final class CopyWorld {

    private static final int CLIENTS = 2;

    private static final int MAX_ATTEMPTS = 2;

    /** Copies are raised whatever they have. */
    private static final long[] ANY = {};

    /** What a client does. */
    enum Op {

        READ, CLEAR

    }

    /** How far an operation is. */
    private enum Phase {

        IDLE, READING, RAISING, CHECKING

    }

    /**
     * What is explored.
     *
     * @param copies how many copies there are
     * @param reads judges what was read
     * @param toUse how many copies have to take a number that is used
     * @param toKeep how many copies have to take a clear that is done
     * @param programs what each client does
     * @param pauses how many backends may be paused, which may go on later
     * @param restarts how many backends may lose their memory
     * @param cutOff whether a client may not reach a backend that others do
     * @param fresh whether the second client knows nothing in the beginning
     * @param hasty whether clears are done without a second look, what is lost is made
     * again without one, and a new number replaces whatever is there by then
     */
    record Setting(int copies, Judge reads, int toUse, int toKeep, List<List<Op>> programs, int pauses, int restarts,
            boolean cutOff, boolean fresh, boolean hasty) {

        static Setting of(int copies, List<List<Op>> programs, int pauses, int restarts) {
            CopyRule rule = new CopyRule(copies);
            return new Setting(copies, rule::read, rule.toUse(), rule.toKeep(), programs, pauses, restarts, true, false,
                    false);
        }

        /** Backends that are not paused answer. */
        Setting answering() {
            return new Setting(this.copies, this.reads, this.toUse, this.toKeep, this.programs, this.pauses,
                    this.restarts, false, this.fresh, this.hasty);
        }

        /** The second client has just started. */
        Setting joining() {
            return new Setting(this.copies, this.reads, this.toUse, this.toKeep, this.programs, this.pauses,
                    this.restarts, this.cutOff, true, this.hasty);
        }

        /** Nothing is looked at twice. */
        Setting beingHasty() {
            return new Setting(this.copies, this.reads, this.toUse, this.toKeep, this.programs, this.pauses,
                    this.restarts, this.cutOff, this.fresh, true);
        }

    }

    /** Judges what was read, as {@link CopyRule#read} does. */
    interface Judge {

        Verdict read(long[] read, long used, long least);

    }

    private final Setting setting;

    private final long[] values;

    private final boolean[] paused;

    private int pauses;

    private int restarts;

    /** Numbers that anybody has used. */
    private long everUsed;

    /** Numbers that were used before a clear began that is done. */
    private long cleared;

    /** Numbers that were used before a higher one was. */
    private long superseded;

    private final Client[] clients = { new Client(), new Client() };

    /** What must not be, and is. */
    private String violation = "";

    /** Begins with copies that have a number, which the first client knows, or both. */
    CopyWorld(Setting setting, long first) {
        this.setting = setting;
        this.values = new long[setting.copies()];
        this.paused = new boolean[setting.copies()];
        Arrays.fill(this.values, first);
        this.everUsed = first > 0 ? 1L << first : 0;
        for (int c = 0; c < (setting.fresh() ? 1 : CLIENTS); c++) {
            this.clients[c].used = first;
            this.clients[c].least = first;
        }
    }

    private CopyWorld(CopyWorld other) {
        this.setting = other.setting;
        this.values = other.values.clone();
        this.paused = other.paused.clone();
        this.pauses = other.pauses;
        this.restarts = other.restarts;
        this.everUsed = other.everUsed;
        this.cleared = other.cleared;
        this.superseded = other.superseded;
        for (int c = 0; c < CLIENTS; c++) {
            this.clients[c] = new Client(other.clients[c]);
        }
    }

    private static final class Client {

        private int done;

        private Phase phase = Phase.IDLE;

        private long used;

        private long least;

        private int made;

        private int attempts;

        private long target;

        private boolean looked;

        private boolean usable;

        private int found;

        /** What had been cleared, superseded and used when the operation began. */
        private long clearedThen;

        private long supersededThen;

        private long usedThen;

        private long[] view = {};

        /** Which copies had nothing, in the read before this one, and in this one. */
        private int lostBefore;

        private int lostNow;

        /** Whether copies that have nothing are given the number too. */
        private boolean make;

        /**
         * What copies must have to be given the number; nothing where it does not matter.
         */
        private long[] from = {};

        /** What may be executed though nobody waits for it. */
        private long[] late = new long[3];

        Client() {
        }

        Client(Client other) {
            this.done = other.done;
            this.phase = other.phase;
            this.used = other.used;
            this.least = other.least;
            this.made = other.made;
            this.attempts = other.attempts;
            this.target = other.target;
            this.looked = other.looked;
            this.usable = other.usable;
            this.found = other.found;
            this.clearedThen = other.clearedThen;
            this.supersededThen = other.supersededThen;
            this.usedThen = other.usedThen;
            this.view = other.view.clone();
            this.lostBefore = other.lostBefore;
            this.lostNow = other.lostNow;
            this.make = other.make;
            this.from = other.from.clone();
            this.late = other.late.clone();
        }

        /** Copies are given a new number one after the other. */
        private boolean isSent(int i) {
            if (this.from.length == 0) {
                return true;
            }
            for (int earlier : CopyRule.renewalOrder(this.from)) {
                if (earlier == i) {
                    return true;
                }
                if (this.view[earlier] != this.target && this.view[earlier] != CopyRule.FAILED) {
                    return false;
                }
            }
            throw new IllegalStateException();
        }

        /**
         * Returns whether a new number was not given to a copy, since another was there.
         */
        private boolean isTooLate() {
            for (int i = 0; i < this.from.length; i++) {
                if (this.view[i] >= 0 && this.view[i] != this.target) {
                    return true;
                }
            }
            return false;
        }

    }

    String violation() {
        return this.violation.isEmpty() ? misread() : this.violation;
    }

    /** Lets somebody new read just now, who reaches some of the copies. */
    private String misread() {
        for (int reached = 1; this.cleared != 0 && reached < 1 << this.values.length; reached++) {
            long[] view = pending();
            for (int i = 0; i < view.length; i++) {
                view[i] = ((reached & 1 << i) != 0 && !this.paused[i]) ? this.values[i] : CopyRule.FAILED;
            }
            Verdict verdict = this.setting.reads().read(view, 0, 0);
            boolean used = verdict.step() == Step.USE || verdict.step() == Step.RAISE;
            if (used && (this.cleared & 1L << verdict.number()) != 0) {
                return "a clear that was done is undone for who reads " + Arrays.toString(view);
            }
        }
        return "";
    }

    /** Returns a number that is the same for the same states, and for no others. */
    long fingerprint() {
        long print = this.pauses * 8L + this.restarts;
        for (int i = 0; i < this.values.length; i++) {
            print = mix(print, this.values[i] * 2 + (this.paused[i] ? 1 : 0));
        }
        print = mix(mix(mix(print, this.everUsed), this.cleared), this.superseded);
        for (Client client : this.clients) {
            print = mix(print, client.done * 4L + client.phase.ordinal());
            print = mix(print, client.used << 24 | client.least << 16 | client.made << 8 | client.attempts);
            print = mix(print,
                    client.target << 8 | client.found << 2 | (client.looked ? 2 : 0) + (client.usable ? 1 : 0));
            print = mix(print, client.lostBefore << 4 | client.lostNow << 1 | (client.make ? 1 : 0));
            print = mix(mix(mix(print, client.clearedThen), client.supersededThen), client.usedThen);
            for (long seen : client.view) {
                print = mix(print, seen);
            }
            for (long from : client.from) {
                print = mix(print, from);
            }
            for (long late : client.late) {
                print = mix(print, late);
            }
        }
        return print;
    }

    private static long mix(long print, long part) {
        long mixed = (print ^ part + 0x9e3779b97f4a7c15L + (print << 6)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Tells of each state that may come next, and what leads to it. */
    void next(Consumer<CopyWorld> states) {
        for (int i = 0; i < this.values.length; i++) {
            faults(i, states);
        }
        for (int c = 0; c < CLIENTS; c++) {
            steps(c, states);
        }
    }

    private void faults(int i, Consumer<CopyWorld> states) {
        if (this.paused[i]) {
            then(states, (world) -> world.paused[i] = false);
        }
        else if (this.pauses < this.setting.pauses()) {
            then(states, (world) -> {
                world.paused[i] = true;
                world.pauses++;
            });
        }
        if (this.restarts < this.setting.restarts()) {
            then(states, (world) -> {
                world.values[i] = GenerationNumber.NONE;
                world.restarts++;
                // With the process go its connections, and what was under way on them.
                for (Client client : world.clients) {
                    client.late[i] = 0;
                }
            });
        }
    }

    private void then(Consumer<CopyWorld> states, Consumer<CopyWorld> change) {
        CopyWorld world = new CopyWorld(this);
        change.accept(world);
        states.accept(world);
    }

    private void steps(int c, Consumer<CopyWorld> states) {
        Client client = this.clients[c];
        if (client.phase == Phase.IDLE && client.done < this.setting.programs().get(c).size()) {
            then(states, (world) -> world.begin(c));
        }
        for (int i = 0; i < this.values.length; i++) {
            int copy = i;
            if (client.late[i] != 0 && !this.paused[i]) {
                then(states, (world) -> {
                    world.raise(copy, Request.of(client.late[copy]));
                    world.clients[c].late[copy] = 0;
                });
            }
            if (client.phase != Phase.IDLE && client.view[i] == CopyRule.PENDING) {
                if (!client.isSent(i)) {
                    continue;
                }
                if (this.paused[i] || this.setting.cutOff()) {
                    then(states, (world) -> world.fail(c, copy));
                }
                if (!this.paused[i]) {
                    then(states, (world) -> world.answer(c, copy));
                }
            }
        }
    }

    private void begin(int c) {
        Client client = this.clients[c];
        client.clearedThen = this.cleared;
        client.supersededThen = this.superseded;
        client.usedThen = this.everUsed;
        client.attempts = 0;
        client.usable = false;
        if (this.setting.programs().get(c).get(client.done) == Op.CLEAR) {
            startRaise(c, above(c, client.least), false, true, ANY);
        }
        else {
            client.lostBefore = client.lostNow;
            startRead(client);
        }
    }

    private void startRead(Client client) {
        client.phase = Phase.READING;
        client.lostNow = 0;
        client.from = ANY;
        client.view = pending();
    }

    private void startRaise(int c, long target, boolean looked, boolean make, long[] from) {
        Client client = this.clients[c];
        if (target == 0) {
            end(client);
            return;
        }
        client.phase = Phase.RAISING;
        client.target = target;
        client.looked = looked;
        client.make = make;
        client.from = from;
        client.found = looked ? this.values.length : 0;
        client.view = pending();
    }

    private long[] pending() {
        long[] pending = new long[this.values.length];
        Arrays.fill(pending, CopyRule.PENDING);
        return pending;
    }

    /** A number just above; none where the model has no more of them. */
    private long above(int c, long highest) {
        Client client = this.clients[c];
        long count = (highest >>> 3) + 1;
        if (count > 7 || client.made > 3) {
            return 0;
        }
        return count << 3 | c * 4 + client.made++;
    }

    private long raise(int i, Request request) {
        boolean expected = request.from() == Request.ANY || request.from() == this.values[i];
        if (expected && (request.make() || this.values[i] != GenerationNumber.NONE)) {
            this.values[i] = Math.max(this.values[i], request.number());
        }
        return this.values[i];
    }

    /**
     * A request that raises a copy.
     *
     * @param number to what number
     * @param make whether it is given the number where it has none
     * @param from what it must have
     */
    private record Request(long number, boolean make, long from) {

        static final long ANY = 64;

        /** Of a copy that could not be read. */
        static final long NOTHING = 65;

        static Request of(long code) {
            return new Request(code >> 1 & 63, (code & 1) == 1, code >> 7);
        }

        static long repair(long number, boolean make) {
            return new Request(number, make, ANY).code();
        }

        /** Never 0, which is no request. */
        long code() {
            return this.from << 7 | this.number << 1 | (this.make ? 1 : 0);
        }

    }

    private void fail(int c, int i) {
        Client client = this.clients[c];
        client.view[i] = CopyRule.FAILED;
        if (client.phase == Phase.RAISING) {
            client.late[i] = request(client, i).code();
        }
        judge(c);
    }

    private static Request request(Client client, int i) {
        long from = Request.ANY;
        if (client.from.length > 0) {
            from = (client.from[i] >= 0) ? client.from[i] : Request.NOTHING;
        }
        return new Request(client.target, client.make, from);
    }

    private void answer(int c, int i) {
        Client client = this.clients[c];
        if (client.phase != Phase.RAISING) {
            client.view[i] = this.values[i];
        }
        else {
            client.found += (this.values[i] != GenerationNumber.NONE) ? 1 : 0;
            client.view[i] = raise(i, request(client, i));
        }
        judge(c);
    }

    private void judge(int c) {
        Client client = this.clients[c];
        if (client.phase == Phase.READING) {
            judgeRead(c, this.setting.reads().read(client.view, client.used, client.least));
        }
        else if (client.phase == Phase.CHECKING) {
            judgeChecked(client);
        }
        else if (client.looked) {
            judgeRaised(c,
                    client.isTooLate() ? new Verdict(Step.RENEW, client.target) : raised(client, this.setting.toUse()));
        }
        else {
            judgeCleared(c, raised(client, this.setting.toUse()), raised(client, this.setting.toKeep()));
        }
    }

    private Verdict raised(Client client, int wanted) {
        return new CopyRule(this.values.length).raised(client.view, client.target, client.found, wanted);
    }

    private void judgeRead(int c, Verdict verdict) {
        switch (verdict.step()) {
            case WAIT -> {
            }
            case USE -> {
                use(c, verdict.number());
                repairLater(this.clients[c], verdict.number());
                end(this.clients[c]);
            }
            case RAISE -> startRaise(c, verdict.number(), true, false, ANY);
            case RENEW -> startRaise(c, above(c, verdict.number()), true, true,
                    this.setting.hasty() ? ANY : this.clients[c].view);
            case FAIL -> end(this.clients[c]);
        }
    }

    private void repairLater(Client client, long number) {
        for (int i = 0; i < client.view.length; i++) {
            if (client.view[i] > 0 && client.view[i] < number) {
                client.late[i] = Request.repair(number, false);
            }
            else if (client.view[i] == GenerationNumber.NONE) {
                client.lostNow |= 1 << i;
                if (this.setting.hasty() || (client.lostBefore & 1 << i) != 0) {
                    client.late[i] = Request.repair(number, true);
                }
            }
        }
    }

    private void judgeRaised(int c, Verdict verdict) {
        Client client = this.clients[c];
        switch (verdict.step()) {
            case USE -> {
                use(c, client.target);
                leave(client);
            }
            case RENEW -> {
                if (++client.attempts < MAX_ATTEMPTS) {
                    leaveBehind(client);
                    startRead(client);
                }
                else {
                    leave(client);
                }
            }
            case FAIL -> leave(client);
            default -> {
            }
        }
    }

    private void judgeCleared(int c, Verdict usable, Verdict kept) {
        Client client = this.clients[c];
        if (usable.step() == Step.USE && !client.usable) {
            client.usable = true;
            use(c, client.target);
        }
        switch (kept.step()) {
            case USE -> {
                leaveBehind(client);
                if (this.setting.hasty()) {
                    this.cleared |= client.usedThen;
                    end(client);
                }
                else {
                    client.phase = Phase.CHECKING;
                    client.view = pending();
                }
            }
            case RENEW -> {
                leaveBehind(client);
                if (++client.attempts < MAX_ATTEMPTS) {
                    startRaise(c, above(c, kept.number()), false, true, ANY);
                }
                else {
                    leave(client);
                }
            }
            case FAIL -> {
                client.least = Math.max(client.least, client.target);
                leave(client);
            }
            default -> {
            }
        }
    }

    private void judgeChecked(Client client) {
        int holders = 0;
        int pending = 0;
        for (long number : client.view) {
            holders += (number >= client.target) ? 1 : 0;
            pending += (number == CopyRule.PENDING) ? 1 : 0;
        }
        if (holders >= this.setting.toKeep()) {
            this.cleared |= client.usedThen;
            end(client);
        }
        else if (pending == 0) {
            client.least = Math.max(client.least, client.target);
            end(client);
        }
    }

    private void leave(Client client) {
        leaveBehind(client);
        end(client);
    }

    private static void leaveBehind(Client client) {
        for (int i = 0; i < client.view.length; i++) {
            if (client.view[i] == CopyRule.PENDING && client.isSent(i)) {
                client.late[i] = request(client, i).code();
            }
        }
    }

    private void end(Client client) {
        client.phase = Phase.IDLE;
        client.done++;
        client.view = new long[0];
        client.target = 0;
        client.looked = false;
        client.make = false;
        client.from = ANY;
        client.lostBefore = 0;
        client.found = 0;
        client.attempts = 0;
        client.clearedThen = 0;
        client.supersededThen = 0;
        client.usedThen = 0;
    }

    private void use(int c, long number) {
        Client client = this.clients[c];
        long bit = 1L << number;
        List<String> wrong = new ArrayList<>();
        if ((client.clearedThen & bit) != 0) {
            wrong.add("a clear that was done is undone: client " + c + " uses " + number);
        }
        if ((client.supersededThen & bit) != 0) {
            wrong.add("an older number is used again: client " + c + " uses " + number);
        }
        this.superseded |= this.everUsed & bit - 1;
        this.everUsed |= bit;
        client.used = Math.max(client.used, number);
        client.least = Math.max(client.least, number);
        this.violation = String.join(", ", wrong);
    }

    /** Returns the numbers that were used. */
    long everUsed() {
        return this.everUsed;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Arrays.toString(this.values));
        text.append(Arrays.toString(this.paused));
        for (Client client : this.clients) {
            text.append(' ')
                .append(client.phase)
                .append(client.done)
                .append(" uses ")
                .append(client.used)
                .append('/')
                .append(client.least)
                .append(Arrays.toString(client.view))
                .append(client.target)
                .append(Arrays.toString(client.late));
        }
        return text.append(' ').append(this.violation).toString();
    }

}
