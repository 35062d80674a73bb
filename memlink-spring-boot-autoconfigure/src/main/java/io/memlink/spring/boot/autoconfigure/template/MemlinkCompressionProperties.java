package io.memlink.spring.boot.autoconfigure.template;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the compression of values.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.compression")
public class MemlinkCompressionProperties {

    /**
     * Compression of values: none, gzip, zstd (requires com.github.luben:zstd-jni) or lz4
     * (requires at.yawk.lz4:lz4-java). Compressed values are always readable.
     */
    private String algorithm = "none";

    /**
     * Size from which values are compressed.
     */
    private DataSize threshold = DataSize.ofKilobytes(16);

    /**
     * Maximum size of a compressed value once it is decompressed.
     */
    private DataSize maxInflatedSize = DataSize.ofMegabytes(16);

    /**
     * Maximum ratio of the decompressed to the compressed size of a value of more than 1
     * MB.
     */
    private int maxRatio = 256;

    public String getAlgorithm() {
        return this.algorithm;
    }

    public void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }

    public DataSize getThreshold() {
        return this.threshold;
    }

    public void setThreshold(DataSize threshold) {
        this.threshold = threshold;
    }

    public DataSize getMaxInflatedSize() {
        return this.maxInflatedSize;
    }

    public void setMaxInflatedSize(DataSize maxInflatedSize) {
        this.maxInflatedSize = maxInflatedSize;
    }

    public int getMaxRatio() {
        return this.maxRatio;
    }

    public void setMaxRatio(int maxRatio) {
        this.maxRatio = maxRatio;
    }

}
