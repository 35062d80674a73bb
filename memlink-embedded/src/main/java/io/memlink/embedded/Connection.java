package io.memlink.embedded;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

import io.memlink.embedded.binary.BinaryInterpreter;
import io.memlink.embedded.binary.BinaryRequest;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.LineInterpreter;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a client sends into lines and payloads, and sends the replies. Confined to
 * the thread of the server.
 * <p>
 * Like a real server, it sends replies when it has nothing more to read or after twenty
 * requests, but not while a payload is incomplete, and while the client does not read it
 * neither reads nor carries out what was read. The first byte of a connection decides if
 * it speaks the binary protocol, which with a login is not spoken: the connection is
 * closed.
 */
final class Connection extends ByteToMessageDecoder {

    private static final Logger logger = LoggerFactory.getLogger(Connection.class);

    /** What is read at once, which is what decides on a real server if a line is long. */
    static final int READ_BYTES = 16 * 1024;

    private static final int LONGEST_PART_OF_A_LINE = 2048;

    private static final int MOST_SPACES_BEFORE_GET = 100;

    private static final String NO_MEMORY = "SERVER_ERROR out of memory reading request";

    private static final String NO_MEMORY_FOR_REPLY = "SERVER_ERROR out of memory writing get response";

    private static final int REQUESTS_BEFORE_FLUSH = 20;

    // So that a client that reads as fast as it asks leaves the others their turn.
    private static final long MOST_BYTES_IN_A_TURN = 1024 * 1024;

    private static final Object NEXT_TURN = new Object();

    private static final int CRLF_LENGTH = 2;

    private static final int CRLF = '\r' << 8 | '\n';

    private final CommandInterpreter commands;

    private final LineInterpreter interpreter;

    private final @Nullable BinaryInterpreter binary;

    private final ClientConnection client;

    private final RequestCounts requests;

    private final RequestMemory memory;

    private String command = RequestCounts.UNKNOWN;

    private @Nullable IncomingPayload payload;

    private @Nullable ReplyBuffer provisional;

    private NextStep.@Nullable GoOn unfinished;

    private boolean waiting;

    private long sentBeforeTurn;

    private int unflushed;

    private boolean started;

    private boolean speaksBinary;

    private boolean ended;

    private boolean heardAll;

    private @Nullable LongLine longLine;

    Connection(CommandInterpreter commands, LineInterpreter interpreter, @Nullable BinaryInterpreter binary,
            ClientConnection client, RequestCounts requests, RequestMemory memory) {
        this.commands = commands;
        this.interpreter = interpreter;
        this.binary = binary;
        this.client = client;
        this.requests = requests;
        this.memory = memory;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        this.client.received(in);
        if (!this.started) {
            start(in);
        }
        if (this.ended || !context.channel().isOpen()) {
            in.skipBytes(in.readableBytes());
        }
        else if (hasToWait(context)) {
            // What was received stays where it is.
        }
        else if (this.payload != null) {
            readPayload(this.payload, in);
        }
        else if (this.speaksBinary && this.binary != null) {
            readBinary(this.binary, in);
        }
        else if (this.longLine != null || in.readableBytes() >= this.interpreter.shortestInput()) {
            readLine(in);
        }
        if (this.unflushed >= REQUESTS_BEFORE_FLUSH) {
            flush(context);
        }
        this.client.consumed(in);
    }

    private boolean hasToWait(ChannelHandlerContext context) {
        if (!this.waiting && !mayGoOn()) {
            this.waiting = true;
            this.client.waiting(true);
            this.client.outlet().whenNotFull(() -> context.pipeline().fireUserEventTriggered(NEXT_TURN));
        }
        return this.waiting;
    }

    private boolean mayGoOn() {
        return this.unfinished == null && hasRoom();
    }

    private boolean hasRoom() {
        return !this.client.outlet().isFull()
                && this.client.outlet().bytesSent() - this.sentBeforeTurn < MOST_BYTES_IN_A_TURN;
    }

    private void nextTurn(ChannelHandlerContext context) throws Exception {
        this.waiting = false;
        this.sentBeforeTurn = this.client.outlet().bytesSent();
        goOn(context);
        if (!this.waiting) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        }
        if (!this.waiting) {
            this.client.waiting(false);
        }
        channelReadComplete(context);
        endIfAllIsAnswered();
    }

    private void goOn(ChannelHandlerContext context) {
        while (this.unfinished != null && hasRoom()) {
            NextStep.GoOn step = this.unfinished;
            this.unfinished = null;
            ReplyBuffer reply = new ReplyBuffer();
            NextStep next = step.rest().execute(reply);
            if (!this.client.outlet().takeMemory(reply.size())) {
                // What was sent of the reply cannot be taken back.
                end(false);
                return;
            }
            writePart(reply);
            if (next instanceof NextStep.GoOn more) {
                this.unfinished = more;
            }
            else {
                forgetLongLine();
                this.client.outlet().endOfReply();
            }
        }
        hasToWait(context);
    }

    private void start(ByteBuf in) {
        this.started = true;
        this.speaksBinary = in.getUnsignedByte(in.readerIndex()) == BinaryRequest.MAGIC;
        if (this.speaksBinary && this.binary == null) {
            logger.warn("Client {} speaks the binary protocol, which knows no login here: its connection is closed",
                    this.client.address());
            end(false);
        }
    }

    private void readBinary(BinaryInterpreter interpreter, ByteBuf in) {
        if (in.readableBytes() < BinaryRequest.HEADER_LENGTH) {
            return;
        }
        byte[] start = ByteBufUtil.getBytes(in, in.readerIndex(), BinaryRequest.HEADER_LENGTH);
        BinaryRequest header = new BinaryRequest(start);
        if (!header.valid()) {
            end(false);
            return;
        }
        if (in.readableBytes() < header.headLength()) {
            return;
        }
        byte[] head = new byte[header.headLength()];
        in.readBytes(head);
        BinaryRequest request = new BinaryRequest(head);
        carryOut(request.command(), (fault, reply) -> (fault != null)
                ? interpreter.refuse(request, fault.refusal(), reply) : interpreter.interpret(request, reply));
    }

    private void readLine(ByteBuf in) {
        int length = in.bytesBefore((byte) '\n');
        if (this.longLine != null) {
            readMore(this.longLine, in, length);
        }
        else if (length >= 0) {
            byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
            in.skipBytes(length + 1);
            carryOut(new RequestLine(bytes));
        }
        else if (in.readableBytes() > LONGEST_PART_OF_A_LINE) {
            if (mayBecomeLong(in)) {
                this.longLine = new LongLine(this.memory);
                readMore(this.longLine, in, length);
            }
            else {
                end(false);
            }
        }
    }

    private void readMore(LongLine line, ByteBuf in, int length) {
        if (!line.add(in, (length < 0) ? in.readableBytes() : length)) {
            forgetLongLine();
            ReplyBuffer refusal = new ReplyBuffer();
            write(refusal.line(NO_MEMORY));
            end(true);
        }
        else if (length >= 0) {
            in.skipBytes(1);
            carryOut(new RequestLine(line.join()));
            forgetLongLineUnlessUnfinished();
        }
    }

    private void forgetLongLineUnlessUnfinished() {
        if (this.unfinished == null) {
            forgetLongLine();
        }
    }

    private void forgetLongLine() {
        LongLine line = this.longLine;
        if (line != null) {
            this.longLine = null;
            line.release();
        }
    }

    private void carryOut(RequestLine line) {
        String name = this.commands.knows(line.command()) ? line.command() : RequestCounts.UNKNOWN;
        carryOut(name, (fault, reply) -> (fault != null) ? refuse(fault, line, reply)
                : this.interpreter.interpret(line, reply));
    }

    private void carryOut(String name, BiFunction<@Nullable Fault, ReplyBuffer, NextStep> request) {
        this.command = name;
        this.requests.add(name);
        this.client.requested();
        ReplyBuffer reply = new ReplyBuffer();
        NextStep step = request.apply(this.client.takeFault(name, true), reply);
        if (step instanceof NextStep.GoOn more) {
            begin(reply, more);
        }
        // A request that makes the server hang up at once is not answered either.
        else if (step != NextStep.CLOSE) {
            send(reply);
        }
        this.unflushed++;
        follow(step);
    }

    // Of all lines only those of a get may be long: they may have any number of keys.
    private static boolean mayBecomeLong(ByteBuf in) {
        int start = in.readerIndex();
        int spaces = 0;
        while (spaces <= MOST_SPACES_BEFORE_GET && in.getByte(start + spaces) == ' ') {
            spaces++;
        }
        byte[] word = ByteBufUtil.getBytes(in, start + spaces, 5);
        boolean get = word[0] == 'g' && word[1] == 'e' && word[2] == 't'
                && (word[3] == ' ' || (word[3] == 's' && word[4] == ' '));
        return get && spaces <= MOST_SPACES_BEFORE_GET;
    }

    private NextStep refuse(Fault fault, RequestLine line, ReplyBuffer reply) {
        String answer = fault.refusal();
        return answer.isEmpty() ? this.commands.ignore(line) : this.commands.refuse(line, answer, reply);
    }

    private void follow(NextStep step) {
        if (step instanceof NextStep.ReadPayload next) {
            this.payload = new IncomingPayload(next, this.memory);
            if (this.speaksBinary && next.length() == 0) {
                complete(this.payload, true);
            }
        }
        else if (step instanceof NextStep.Flush) {
            this.unflushed = REQUESTS_BEFORE_FLUSH;
        }
        else if (step instanceof NextStep.Close close) {
            end(close.flush());
        }
    }

    private void readPayload(IncomingPayload incoming, ByteBuf in) {
        if (incoming.read(in) && (this.speaksBinary || in.readableBytes() >= CRLF_LENGTH)) {
            complete(incoming, this.speaksBinary || in.readUnsignedShort() == CRLF);
        }
    }

    private void complete(IncomingPayload incoming, boolean terminated) {
        this.payload = null;
        ReplyBuffer reply = new ReplyBuffer();
        incoming.complete(terminated, reply);
        send(reply);
    }

    private void send(ReplyBuffer reply) {
        if (reply.isEmpty()) {
            return;
        }
        if (reply.provisional()) {
            this.provisional = reply;
            return;
        }
        sendProvisional();
        write(reply);
    }

    private void sendProvisional() {
        ReplyBuffer waiting = this.provisional;
        if (waiting != null) {
            this.provisional = null;
            write(waiting);
        }
    }

    private void write(ReplyBuffer reply) {
        write(reply, this.client.takeFault(this.command, false));
    }

    private void write(ReplyBuffer reply, @Nullable Fault fault) {
        ReplyBuffer kept = this.client.outlet().takeMemory(reply.size()) ? reply : refusalOf(reply);
        if (kept == null) {
            end(false);
        }
        else if (fault == null) {
            writePart(kept);
            this.client.outlet().endOfReply();
        }
        else {
            apply(fault, kept);
            this.client.outlet().written();
        }
    }

    private @Nullable ReplyBuffer refusalOf(ReplyBuffer reply) {
        ReplyBuffer refusal = new ReplyBuffer();
        if (this.speaksBinary) {
            BinaryInterpreter.outOfMemory(reply, refusal);
        }
        else {
            refusal.line(NO_MEMORY_FOR_REPLY);
        }
        return this.client.outlet().takeMemory(refusal.size()) ? refusal : null;
    }

    private void writePart(ReplyBuffer reply) {
        reply.parts().forEach(this.client.outlet()::write);
        this.client.outlet().written();
    }

    private void begin(ReplyBuffer reply, NextStep.GoOn more) {
        sendProvisional();
        Fault fault = this.client.takeFault(this.command, false);
        if (fault == null && this.client.outlet().takeMemory(reply.size())) {
            writePart(reply);
            this.unfinished = more;
            return;
        }
        // A fault is one of the whole reply.
        NextStep step = (fault != null) ? more : NextStep.READ_LINE;
        while (step instanceof NextStep.GoOn next) {
            ReplyBuffer part = new ReplyBuffer();
            step = next.rest().execute(part);
            part.parts().forEach(reply::value);
        }
        write(reply, fault);
    }

    private void apply(Fault fault, ReplyBuffer reply) {
        logger.debug("Fault {} for the reply to {} of {}", fault, this.command, this.client.address());
        fault.apply(reply.toByteArray(), this.client.outlet());
        this.ended |= this.client.outlet().closed();
    }

    private void end(boolean flush) {
        this.ended = true;
        if (flush) {
            sendProvisional();
            this.client.outlet().endOfReply();
            this.client.outlet().closeAfterReplies();
        }
        else {
            this.client.outlet().close();
        }
    }

    private void flush(ChannelHandlerContext context) {
        this.unflushed = 0;
        sendProvisional();
        context.flush();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        // What Netty does here otherwise is to read on, even while nothing shall be read.
        discardSomeReadBytes();
        context.fireChannelReadComplete();
        // Before the login replies do not wait for a payload.
        if (!this.ended && (this.payload == null || this.provisional != null)) {
            flush(context);
        }
        if (!this.ended) {
            hasToWait(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == NEXT_TURN) {
            nextTurn(context);
        }
        else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            // Not for the decoder, which would drop the requests that have to wait.
            this.heardAll = true;
            endIfAllIsAnswered();
        }
        else {
            super.userEventTriggered(context, event);
        }
    }

    // A client that has sent its last request may still want all the replies.
    private void endIfAllIsAnswered() {
        if (!this.heardAll || this.waiting) {
            return;
        }
        if (this.ended || this.payload == null) {
            sendProvisional();
            this.client.outlet().endOfRequests();
        }
        else {
            this.client.outlet().close();
        }
        this.ended = true;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        this.client.outlet().drain();
        super.channelWritabilityChanged(context);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        forget();
        // What a client left unfinished when it went away was no request.
    }

    private void forget() {
        forgetLongLine();
        this.unfinished = null;
        this.provisional = null;
        IncomingPayload incoming = this.payload;
        if (incoming != null) {
            incoming.release();
        }
        this.client.outlet().forget();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Before anything that needs memory, of which there may be none.
        forget();
        this.ended = true;
        try {
            report(cause);
        }
        finally {
            context.close();
        }
    }

    private void report(Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            logger.debug("Connection {} of the embedded memcached failed", this.client.address(), cause);
        }
        else {
            logger.warn("A request of {} failed for no fault of its own: its connection is closed",
                    this.client.address(), cause);
        }
    }

}
