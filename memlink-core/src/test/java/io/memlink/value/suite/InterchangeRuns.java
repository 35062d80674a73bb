package io.memlink.value.suite;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of all values, written by one JVM and read by another, perhaps one of another
 * version. Started by hand with the name of a subject, "write" or "read", and a file.
 */
final class InterchangeRuns {

    private InterchangeRuns() {
    }

    public static void main(String[] args) throws IOException {
        Subject subject = Subject.named(args[0]);
        Subject.Session session = subject.open(InterchangeRuns.class.getClassLoader(), Values.TRUSTED);
        if (args[1].equals("write")) {
            write(subject, session, Path.of(args[2]));
        }
        else {
            read(subject, session, Path.of(args[2]));
        }
    }

    private static void write(Subject subject, Subject.Session session, Path file) throws IOException {
        int written = 0;
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (ValueCase each : Values.all()) {
                byte[] bytes;
                try {
                    bytes = session.encode(each.make().make());
                }
                catch (Throwable ex) {
                    if (!subject.isRefusal(ex)) {
                        System.out.println(each.id() + " " + ex);
                    }
                    continue;
                }
                out.writeUTF(each.id());
                out.writeInt(bytes.length);
                out.write(bytes);
                written++;
            }
        }
        System.out.println(Runtime.version() + " wrote " + written + " values");
    }

    private static void read(Subject subject, Subject.Session session, Path file) throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (in.available() > 0) {
                all.put(in.readUTF(), in.readNBytes(in.readInt()));
            }
        }
        Map<Verdict, Integer> counts = new TreeMap<>();
        for (ValueCase each : Values.all()) {
            byte[] bytes = all.remove(each.id());
            if (bytes != null) {
                RoundTrip trip = read(subject, session, each, bytes);
                counts.merge(trip.verdict(), 1, Integer::sum);
                if (trip.verdict().isFailure()) {
                    System.out.println(each.id() + " " + trip);
                }
            }
        }
        System.out.println(Runtime.version() + " read " + counts + ", not known here " + all.keySet());
    }

    private static RoundTrip read(Subject subject, Subject.Session session, ValueCase value, byte[] bytes) {
        try {
            return RoundTrip.read(subject, session, value, bytes, value.make().make(), value.make().make());
        }
        catch (Exception ex) {
            throw new IllegalStateException(value.id(), ex);
        }
    }

}
