package io.memlink.transcoder;

/** A library that only those need who ask for what it does. */
enum OptionalLibrary {

    ZSTD("zstd", "com.github.luben.zstd.Zstd", "com.github.luben:zstd-jni"),

    LZ4("lz4", "net.jpountz.lz4.LZ4FrameInputStream", "at.yawk.lz4:lz4-java");

    private final String compression;

    private final String className;

    private final String artifact;

    OptionalLibrary(String compression, String className, String artifact) {
        this.compression = compression;
        this.className = className;
        this.artifact = artifact;
    }

    /**
     * Fails before the class that uses the library is linked, which would fail with less
     * to read.
     */
    void require() {
        try {
            Class.forName(this.className, false, OptionalLibrary.class.getClassLoader());
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalStateException(
                    "compression: " + this.compression + " (expected: " + this.artifact + " on the class path)", ex);
        }
    }

}
