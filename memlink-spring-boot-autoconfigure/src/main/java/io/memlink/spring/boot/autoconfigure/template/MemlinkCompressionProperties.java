package io.memlink.spring.boot.autoconfigure.template;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How values are compressed.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.compression")
public class MemlinkCompressionProperties {

    /**
     * What compresses values: none, gzip, zstd (needs com.github.luben:zstd-jni) or lz4
     * (needs at.yawk.lz4:lz4-java). Values that were compressed are read in any case.
     */
    private String algorithm = "none";

    /**
     * Size from which values are compressed.
     */
    private DataSize threshold = DataSize.ofKilobytes(16);

    /**
     * Size up to which a compressed value is read, once decompressed.
     */
    private DataSize maxInflatedSize = DataSize.ofMegabytes(16);

    /**
     * How many times larger than its compressed form a value of more than 1MB may be that
     * is read.
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
