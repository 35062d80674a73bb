package io.memlink.embedded.binary;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The operations of the binary protocol, each with the name of the text command that does
 * the same. A quiet one is answered only where there is something to tell.
 */
enum Opcode {

    GET("get", 0x00, 0x09), SET("set", 0x01, 0x11), ADD("add", 0x02, 0x12), REPLACE("replace", 0x03, 0x13),
    DELETE("delete", 0x04, 0x14), INCREMENT("incr", 0x05, 0x15), DECREMENT("decr", 0x06, 0x16),
    QUIT("quit", 0x07, 0x17), FLUSH("flush_all", 0x08, 0x18), NOOP("mn", 0x0a), VERSION("version", 0x0b),
    GETK("get", 0x0c, 0x0d), APPEND("append", 0x0e, 0x19), PREPEND("prepend", 0x0f, 0x1a), STAT("stats", 0x10),
    TOUCH("touch", 0x1c), GAT("gat", 0x1d, 0x1e), GATK("gat", 0x23, 0x24);

    private static final int NONE = -1;

    private static final Map<Integer, Opcode> BY_CODE = new HashMap<>();

    static {
        for (Opcode opcode : values()) {
            BY_CODE.put(opcode.code, opcode);
            BY_CODE.put(opcode.quietCode, opcode);
        }
    }

    private final String command;

    private final int code;

    private final int quietCode;

    Opcode(String command, int code) {
        this(command, code, NONE);
    }

    Opcode(String command, int code, int quietCode) {
        this.command = command;
        this.code = code;
        this.quietCode = quietCode;
    }

    static @Nullable Opcode of(int code) {
        return BY_CODE.get(code);
    }

    String command() {
        return this.command;
    }

    boolean isQuiet(int code) {
        return code == this.quietCode;
    }

}
