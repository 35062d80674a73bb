package io.memlink.benchmarks.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.memlink.benchmarks.soak.FaultProxy.Mode;
import io.memlink.benchmarks.soak.FaultProxy.Spoiling;

/**
 * One connection through a {@link FaultProxy}. An end in order is passed on as one, and a
 * reset as a reset.
 */
final class ProxyLink {

    private static final int PIECE = 16 * 1024;

    private static final long LONGEST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final FaultProxy proxy;

    private final Socket client;

    private final Socket server;

    private final ReplyScanner scanner = new ReplyScanner();

    private boolean dropping;

    private int ends;

    ProxyLink(FaultProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void pumpRequests() {
        pump(this.client, this.server, false);
    }

    void pumpReplies() {
        pump(this.server, this.client, true);
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(piece);
            while (read >= 0) {
                if (this.proxy.passes()) {
                    byte[] bytes = replies ? spoil(piece, read) : piece;
                    send(out, bytes, replies ? bytes.length : read);
                }
                read = in.read(piece);
            }
            to.shutdownOutput();
            ended();
        }
        catch (IOException ex) {
            reset();
        }
    }

    private void send(OutputStream out, byte[] bytes, int length) throws IOException {
        int step = length;
        Mode mode = this.proxy.mode();
        if (mode == Mode.DELAY) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_DELAY_NANOS));
        }
        else if (mode == Mode.SLICE) {
            step = 1 + ThreadLocalRandom.current().nextInt(7);
        }
        for (int at = 0; at < length; at += step) {
            out.write(bytes, at, Math.min(step, length - at));
        }
    }

    // A reply ends where the next one begins, so one that is doubled ends with the piece
    // at the latest.
    private byte[] spoil(byte[] piece, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
        int doubledFrom = -1;
        for (int i = 0; i < length; i++) {
            byte value = piece[i];
            if (begins(value, i)) {
                if (doubledFrom >= 0) {
                    out.write(piece, doubledFrom, i - doubledFrom);
                    doubledFrom = -1;
                }
                Spoiling spoiling = this.proxy.takeSpoiling();
                this.dropping = spoiling == Spoiling.DROP;
                if (spoiling == Spoiling.DUPLICATE) {
                    doubledFrom = i;
                }
                else if (spoiling == Spoiling.FLIP) {
                    value ^= 4;
                }
            }
            if (!this.dropping) {
                out.write(value);
            }
        }
        if (doubledFrom >= 0) {
            out.write(piece, doubledFrom, length - doubledFrom);
        }
        return out.toByteArray();
    }

    private boolean begins(byte value, int index) {
        return this.proxy.spoilsWhole() ? index == 0 : this.scanner.next(value);
    }

    void reset() {
        abort(this.client);
        abort(this.server);
        this.proxy.forget(this);
    }

    void finish() {
        halfClose();
        try {
            this.server.shutdownOutput();
        }
        catch (IOException ex) {
            reset();
        }
    }

    void halfClose() {
        try {
            this.client.shutdownOutput();
        }
        catch (IOException ex) {
            reset();
        }
    }

    private synchronized void ended() throws IOException {
        if (++this.ends == 2) {
            this.client.close();
            this.server.close();
            this.proxy.forget(this);
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        catch (IOException ex) {
            // It is closed.
        }
    }

}
