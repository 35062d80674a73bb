package io.memlink.embedded;

import java.util.List;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.LineInterpreter;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a client sends into lines and payloads, and sends the replies. Confined to
 * the thread of the server.
 * <p>
 * Like a real server, it sends nothing while a payload is incomplete, not even earlier
 * replies, and stops reading while the client does not read.
 */
final class Connection extends ByteToMessageDecoder {

    private static final Logger logger = LoggerFactory.getLogger(Connection.class);

    private static final int LONGEST_LINE = 2048;

    private static final byte[] EMPTY = new byte[0];

    private static final int CRLF_LENGTH = 2;

    private static final int CRLF = '\r' << 8 | '\n';

    private final CommandInterpreter commands;

    private final LineInterpreter interpreter;

    private final FaultScript faults;

    private final RequestCounts requests;

    private String command = RequestCounts.UNKNOWN;

    private NextStep.@Nullable ReadPayload payload;

    private byte[] data = EMPTY;

    private int received;

    private @Nullable ReplyOutlet outlet;

    private boolean ended;

    Connection(CommandInterpreter commands, LineInterpreter interpreter, FaultScript faults, RequestCounts requests) {
        this.commands = commands;
        this.interpreter = interpreter;
        this.faults = faults;
        this.requests = requests;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.outlet = new ReplyOutlet(context.channel());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (this.ended) {
            in.skipBytes(in.readableBytes());
        }
        else if (this.payload != null) {
            readPayload(this.payload, in);
        }
        else {
            readLine(in);
        }
    }

    private void readLine(ByteBuf in) {
        int length = in.bytesBefore((byte) '\n');
        if (length > LONGEST_LINE || (length < 0 && in.readableBytes() > LONGEST_LINE)) {
            end(false);
            return;
        }
        if (length < 0) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        in.skipBytes(length + 1);
        RequestLine line = new RequestLine(bytes);
        this.command = this.commands.knows(line.command()) ? line.command() : RequestCounts.UNKNOWN;
        this.requests.add(this.command);
        if (this.faults.takeIgnored(this.command)) {
            follow(this.commands.ignore(line), in);
            return;
        }
        ReplyBuffer reply = new ReplyBuffer();
        NextStep step = this.interpreter.interpret(line, reply);
        // A request that makes the server hang up at once is not answered either.
        if (step != NextStep.CLOSE) {
            send(reply);
        }
        follow(step, in);
    }

    private void follow(NextStep step, ByteBuf in) {
        if (step instanceof NextStep.ReadPayload next) {
            this.payload = next;
            this.data = next.keep() ? new byte[next.length()] : EMPTY;
            this.received = 0;
        }
        else if (step instanceof NextStep.DiscardInput) {
            in.skipBytes(in.readableBytes());
        }
        else if (step instanceof NextStep.Close close) {
            end(close.flush());
        }
    }

    private void readPayload(NextStep.ReadPayload expected, ByteBuf in) {
        int available = Math.min(in.readableBytes(), expected.length() - this.received);
        if (expected.keep()) {
            in.readBytes(this.data, this.received, available);
        }
        else {
            in.skipBytes(available);
        }
        this.received += available;
        if (this.received < expected.length() || in.readableBytes() < CRLF_LENGTH) {
            return;
        }
        boolean terminated = in.readUnsignedShort() == CRLF;
        byte[] complete = this.data;
        this.payload = null;
        this.data = EMPTY;
        ReplyBuffer reply = new ReplyBuffer();
        expected.payload().complete(complete, terminated, reply);
        send(reply);
    }

    private void send(ReplyBuffer reply) {
        byte[] bytes = reply.toByteArray();
        if (bytes.length > 0 && this.outlet != null) {
            Fault fault = this.faults.take(this.command);
            if (fault == null) {
                this.outlet.write(bytes);
            }
            else {
                fault.apply(bytes, this.outlet);
                this.ended |= this.outlet.closed();
            }
        }
    }

    private void end(boolean flush) {
        this.ended = true;
        if (this.outlet != null) {
            if (flush) {
                this.outlet.closeAfterReplies();
            }
            else {
                this.outlet.close();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        if (this.payload == null) {
            context.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        context.channel().config().setAutoRead(context.channel().isWritable());
        super.channelWritabilityChanged(context);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        // What a client left unfinished when it went away was no request.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        logger.debug("Connection {} of the embedded memcached failed", context.channel().remoteAddress(), cause);
        context.close();
    }

}
