package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.Item;
import io.memlink.simulation.Chronicle.Counted;
import io.memlink.simulation.Chronicle.Stored;
import io.memlink.simulation.Misbehaviour.Kind;
import org.jspecify.annotations.Nullable;

/** A connection as the server sees it: requests, one after the other. */
final class Session {

    private static final byte[] NOTHING = new byte[0];

    private static final int CRLF = 2;

    private final int number;

    private final Machine machine;

    private final Wire wire;

    private byte[] inbox = NOTHING;

    /** Whether a request is being worked on that takes its time. */
    private boolean busy;

    private boolean atEnd;

    private boolean over;

    /**
     * Whether a request was left without an answer, which no later answer has shown yet.
     */
    private boolean unanswered;

    /** A complete request. */
    private record Received(RequestLine line, byte[] payload, boolean terminated) {
    }

    Session(int number, Machine machine, Wire wire) {
        this.number = number;
        this.machine = machine;
        this.wire = wire;
    }

    Wire wire() {
        return this.wire;
    }

    int number() {
        return this.number;
    }

    @Override
    public String toString() {
        return "Session[" + this.inbox.length + " bytes" + (this.busy ? ", busy" : "") + (this.atEnd ? ", at end" : "")
                + ", " + this.wire + "]";
    }

    static Item.Key itemKey(String key) {
        return new Item.Key(key.getBytes(StandardCharsets.UTF_8));
    }

    void received(byte[] bytes) {
        if (!this.over) {
            int length = this.inbox.length;
            this.inbox = Arrays.copyOf(this.inbox, length + bytes.length);
            System.arraycopy(bytes, 0, this.inbox, length, bytes.length);
            process();
        }
    }

    /** The client sends nothing more. */
    void ended() {
        this.atEnd = true;
        process();
    }

    /** The client has reset the connection; what was received is still looked at. */
    void lost() {
        ended();
    }

    void reset() {
        end();
        this.wire.reset();
    }

    private void end() {
        this.over = true;
        this.inbox = NOTHING;
        this.machine.ended(this);
    }

    /** Does what was received, as far as it is complete. */
    void process() {
        while (!this.over && !this.busy && !this.machine.isPaused()) {
            Received request = read();
            if (request == null) {
                if (this.atEnd) {
                    end();
                    this.wire.closedByServer();
                }
                return;
            }
            long workNanos = this.machine.workNanos();
            if (workNanos == 0) {
                answer(request);
            }
            else {
                this.busy = true;
                this.machine.time().after(workNanos, () -> {
                    this.busy = false;
                    if (!this.over) {
                        answer(request);
                        process();
                    }
                });
            }
        }
    }

    private @Nullable Received read() {
        int length = 0;
        while (length < this.inbox.length && this.inbox[length] != '\n') {
            length++;
        }
        if (length == this.inbox.length) {
            return null;
        }
        RequestLine line = new RequestLine(Arrays.copyOf(this.inbox, length));
        int end = length + 1;
        byte[] payload = NOTHING;
        boolean terminated = false;
        if (this.machine.commands().ignore(line) instanceof NextStep.ReadPayload announced) {
            end += announced.length() + CRLF;
            if (end > this.inbox.length) {
                return null;
            }
            payload = Arrays.copyOfRange(this.inbox, length + 1, end - CRLF);
            terminated = this.inbox[end - 2] == '\r' && this.inbox[end - 1] == '\n';
        }
        this.inbox = Arrays.copyOfRange(this.inbox, end, this.inbox.length);
        return new Received(line, payload, terminated);
    }

    private void answer(Received request) {
        Kind wrong = this.machine.misbehaviour().next(request.line.command());
        if (wrong == null) {
            send(execute(request));
            return;
        }
        this.machine.history().executed(this.machine, this, () -> wrong + " " + words(request.line));
        switch (wrong) {
            case REFUSED -> send(line(this.machine.misbehaviour().unproven()));
            case REFUSED_FOR_CERTAIN -> send(line("SERVER_ERROR out of memory storing object"));
            case DONE_IN_SECRET -> {
                execute(request);
                send(line(this.machine.misbehaviour().unproven()));
            }
            case DONE_LATER -> {
                this.machine.time().after(this.machine.chance().seldomMany(1, 4500), () -> {
                    if (this.machine.isListening() && !this.machine.isPaused()) {
                        execute(request);
                    }
                });
                send(line(this.machine.misbehaviour().unproven()));
            }
            case SWALLOWED -> {
                execute(request);
                this.unanswered = true;
            }
            case LOST -> this.unanswered = true;
            case GARBLED -> {
                execute(request);
                send(line(this.machine.misbehaviour().garbage()));
            }
            case REPEATED -> {
                byte[] reply = execute(request);
                send(reply);
                // A second error line, which has no opaque, cannot be told from the
                // answer to the next request.
                if (!isErrorLine(reply)) {
                    send(reply);
                }
            }
            case TORN -> {
                byte[] reply = execute(request);
                send(Arrays.copyOf(reply, this.machine.chance().from(0, reply.length)));
                reset();
            }
        }
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] reply) {
        if (this.unanswered && isProof(reply)) {
            // It has no opaque: nobody could tell it from the answer that is missing.
            reset();
        }
        else if (reply.length > 0) {
            this.unanswered &= isErrorLine(reply);
            this.wire.sendBack(reply);
        }
    }

    /** Whether it says that nothing was done. */
    private static boolean isProof(byte[] reply) {
        return isErrorLine(reply) && !Misbehaviour.isUnproven(new String(reply, StandardCharsets.US_ASCII).strip());
    }

    private static boolean isErrorLine(byte[] reply) {
        return new String(reply, StandardCharsets.US_ASCII).matches("(?s)(SERVER_|CLIENT_)?ERROR.*");
    }

    private byte[] execute(Received request) {
        RequestLine line = request.line;
        String key = (line.size() > 1) ? line.word(1) : "";
        String command = line.command();
        boolean changes = command.equals("ms") || command.equals("ma");
        byte @Nullable [] before = changes ? this.machine.find(key) : null;
        ReplyBuffer reply = new ReplyBuffer();
        NextStep step = this.machine.commands().interpret(line, reply);
        if (step instanceof NextStep.ReadPayload payload) {
            payload.payload().complete(payload.keep() ? request.payload : NOTHING, request.terminated, reply);
        }
        byte[] bytes = reply.toByteArray();
        this.machine.history()
            .executed(this.machine, this,
                    () -> words(line) + " -> " + new String(bytes, StandardCharsets.ISO_8859_1).strip());
        boolean done = bytes.length > 1 && bytes[0] == 'H' && bytes[1] == 'D';
        if (command.equals("ms") && done) {
            this.machine.history()
                .stored(this.machine, key, new Stored(request.payload, before, this.machine.find(key)));
        }
        byte @Nullable [] after = command.equals("ma") ? this.machine.find(key) : null;
        if (after != null && !Arrays.equals(before, after)) {
            this.machine.history()
                .counted(this.machine, key, new Counted(number(line, (before != null) ? 'D' : 'J'),
                        Long.parseLong(new String(after, StandardCharsets.US_ASCII).trim()), before != null));
        }
        if (command.equals("md") && done && !marksStale(line)) {
            this.machine.history().deleted(this.machine, key);
        }
        return bytes;
    }

    private static String words(RequestLine line) {
        return IntStream.range(0, line.size()).mapToObj(line::word).collect(Collectors.joining(" "));
    }

    private static long number(RequestLine line, char flag) {
        return IntStream.range(2, line.size())
            .mapToObj(line::word)
            .filter((word) -> word.charAt(0) == flag)
            .mapToLong((word) -> Long.parseLong(word.substring(1)))
            .findFirst()
            .orElseThrow();
    }

    private static boolean marksStale(RequestLine line) {
        for (int i = 2; i < line.size(); i++) {
            if (line.word(i).equals("I")) {
                return true;
            }
        }
        return false;
    }

}
