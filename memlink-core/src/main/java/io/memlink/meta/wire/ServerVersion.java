package io.memlink.meta.wire;

/**
 * The version a server told at the greeting. Immutable.
 *
 * @param text what it told
 * @param number major, minor and patch version in one; 0 where the text is not a version,
 * as proxies may answer
 */
public record ServerVersion(String text, int number) {

    public static ServerVersion parse(String text) {
        int number = 0;
        int part = 0;
        int parts = 1;
        for (int i = 0; i < text.length() && parts <= 3; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && part < 100) {
                part = part * 10 + (c - '0');
            }
            else if (c == '.' && parts < 3) {
                number = number * 1000 + part;
                part = 0;
                parts++;
            }
            else {
                break;
            }
        }
        return new ServerVersion(text, (parts == 3) ? number * 1000 + part : 0);
    }

    /** Returns whether the server is known to be at least this old a version. */
    public boolean isAtLeast(int major, int minor, int patch) {
        return this.number >= (major * 1000 + minor) * 1000 + patch;
    }

    public boolean isKnown() {
        return this.number > 0;
    }

    @Override
    public String toString() {
        return this.text;
    }

}
