package io.memlink.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server on this machine that knows some SRV records, and no other name.
 */
public final class LoopbackDns implements AutoCloseable {

    private static final int HEADER_BYTES = 12;

    private static final int TYPE_SRV = 33;

    private final DatagramSocket socket;

    private final Map<String, List<String>> services = new ConcurrentHashMap<>();

    public LoopbackDns() {
        try {
            this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        Thread thread = new Thread(this::serve, "loopback-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the records of a name, each {@code priority weight port target}. */
    public void setServices(String name, String... records) {
        this.services.put(name, List.of(records));
    }

    /** Returns how a name is asked for here. */
    public String url(String name) {
        return "dns://127.0.0.1:" + this.socket.getLocalPort() + "/" + name;
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                this.socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
        catch (IOException ex) {
            // Closed.
        }
    }

    private byte[] answer(byte[] query) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        for (; query[at] != 0; at += query[at] + 1) {
            name.append(name.isEmpty() ? "" : ".")
                .append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
        }
        List<String> records = this.services.get(name.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort((records != null) ? 0x8580 : 0x8583);
        out.writeShort(1);
        out.writeShort((records != null) ? records.size() : 0);
        out.writeInt(0);
        out.write(query, HEADER_BYTES, at + 5 - HEADER_BYTES);
        for (String record : (records != null) ? records : List.<String>of()) {
            writeRecord(out, record.split(" "));
        }
        return bytes.toByteArray();
    }

    private static void writeRecord(DataOutputStream out, String[] record) throws IOException {
        out.writeShort(0xc000 | HEADER_BYTES);
        out.writeShort(TYPE_SRV);
        out.writeShort(1);
        out.writeInt(30);
        out.writeShort(6 + record[3].length() + 2);
        for (int i = 0; i < 3; i++) {
            out.writeShort(Integer.parseInt(record[i]));
        }
        for (String label : record[3].split("\\.")) {
            out.writeByte(label.length());
            out.writeBytes(label);
        }
        out.writeByte(0);
    }

    @Override
    public void close() {
        this.socket.close();
    }

}
