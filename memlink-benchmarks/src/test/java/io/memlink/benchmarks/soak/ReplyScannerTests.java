package io.memlink.benchmarks.soak;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyScannerTests {

    private final ReplyScanner scanner = new ReplyScanner();

    /** Returns the replies, with a bar before each byte that begins one. */
    private String marked(String replies) {
        StringBuilder marked = new StringBuilder();
        for (byte value : replies.getBytes(StandardCharsets.US_ASCII)) {
            marked.append(this.scanner.next(value) ? "|" : "").append((char) value);
        }
        return marked.toString();
    }

    @Test
    void aValueIsPartOfItsReply() {
        assertThat(marked("HD\r\nVA 4 f0\r\na\r\nb\r\nVA 0\r\n\r\nEN\r\n"))
            .isEqualTo("|HD\r\n|VA 4 f0\r\na\r\nb\r\n|VA 0\r\n\r\n|EN\r\n");
    }

    @Test
    void soIsOneOfAClassicReply() {
        assertThat(marked("VALUE key 0 4\r\na\r\nb\r\nVALUE other 7 1 12345\r\nc\r\nEND\r\nMN\r\n"))
            .isEqualTo("|VALUE key 0 4\r\na\r\nb\r\n|VALUE other 7 1 12345\r\nc\r\n|END\r\n|MN\r\n");
    }

}
