package io.memlink.resp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * A command of RESP2, the protocol of Redis: enough of it to prove that the link carries
 * other protocols. The reply is text; a null reply is empty.
 *
 * @param words the name of the command and its arguments
 */
record RespCommand(String... words) implements Request<Optional<String>> {

    private static final byte[] CRLF = { '\r', '\n' };

    @Override
    public int encodedBytes() {
        int bytes = 16;
        for (String word : this.words) {
            bytes += 16 + 3 * word.length();
        }
        return bytes;
    }

    @Override
    public void encode(RequestWriter out) {
        writeLength(out, '*', this.words.length);
        for (String word : this.words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            writeLength(out, '$', bytes.length);
            out.writeBytes(bytes);
            out.writeBytes(CRLF);
        }
    }

    private static void writeLength(RequestWriter out, char type, int length) {
        out.writeByte(type);
        out.writeUnsigned(length);
        out.writeBytes(CRLF);
    }

    @Override
    public Decoder<Optional<String>> decoder() {
        return RespCommand::decode;
    }

    private static @Nullable Optional<String> decode(ReplyReader in) {
        if (!in.readLine()) {
            return null;
        }
        String line = new String(in.line(), 0, in.lineLength(), StandardCharsets.UTF_8);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> Optional.of(rest);
            case '-' -> throw new MemlinkServerException(MemlinkServerException.Reason.OTHER, rest);
            case '$' -> bulk(in, Integer.parseInt(rest));
            default -> throw new MemlinkProtocolException("reply: " + line + " (expected: + : - or $)");
        };
    }

    private static @Nullable Optional<String> bulk(ReplyReader in, int length) {
        if (length < 0) {
            return Optional.empty();
        }
        byte[] block = in.readBlock(length);
        return (block != null) ? Optional.of(new String(block, StandardCharsets.UTF_8)) : null;
    }

}
