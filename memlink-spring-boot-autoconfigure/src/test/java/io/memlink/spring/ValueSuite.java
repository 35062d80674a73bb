package io.memlink.spring;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/**
 * The suite of the value format, which is among the tests of the core, with another
 * format. It is looked for where Maven compiles these tests, or in the folder that
 * {@code memlink.test.core} names; without it, nothing passes.
 */
final class ValueSuite {

    private static final String SUITE = "io.memlink.value.suite.TranscoderTrials";

    private final Object trials;

    private ValueSuite(Object trials) {
        this.trials = trials;
    }

    /** The suite with a format of the factory. */
    static ValueSuite of(Format format) throws Exception {
        // Which of the plain types it is goes with the flags, so these have to come
        // along.
        int[] flags = new int[1];
        return of(format != Format.APPLICATION, (loader, trusted) -> {
            Transcoder<Object> transcoder = transcoder(format, loader, trusted);
            return (value) -> {
                EncodedValue encoded = transcoder.encode(value);
                flags[0] = encoded.flags();
                return encoded.data();
            };
        }, (loader, trusted) -> {
            Transcoder<Object> transcoder = transcoder(format, loader, trusted);
            return (bytes) -> transcoder.decode(new EncodedValue(bytes, flags[0]));
        });
    }

    /** The suite with a transcoder that has one kind of flags. */
    static ValueSuite of(BiFunction<ClassLoader, List<String>, Transcoder<Object>> transcoders, int flags)
            throws Exception {
        return of(true, (loader, trusted) -> {
            Transcoder<Object> transcoder = transcoders.apply(loader, trusted);
            return (value) -> transcoder.encode(value).data();
        }, (loader, trusted) -> {
            Transcoder<Object> transcoder = transcoders.apply(loader, trusted);
            return (bytes) -> transcoder.decode(new EncodedValue(bytes, flags));
        });
    }

    private static ValueSuite of(boolean strict,
            BiFunction<ClassLoader, List<String>, Function<Object, byte[]>> encoders,
            BiFunction<ClassLoader, List<String>, Function<byte[], Object>> decoders) throws Exception {
        Path folder = Path.of(System.getProperty("memlink.test.core", "../memlink-core/target/test-classes"));
        if (!Files.exists(folder.resolve(SUITE.replace('.', '/') + ".class"))) {
            throw new IllegalStateException("no compiled tests of memlink-core in " + folder.toAbsolutePath()
                    + " (expected: a build of both modules, or the folder as -Dmemlink.test.core=)");
        }
        // Stays open for as long as classes of it may be loaded.
        ClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() },
                ValueSuite.class.getClassLoader());
        return new ValueSuite(loader.loadClass(SUITE)
            .getConstructor(boolean.class, BiFunction.class, BiFunction.class)
            .newInstance(strict, encoders, decoders));
    }

    private static Transcoder<Object> transcoder(Format format, ClassLoader loader, List<String> trusted) {
        TypeFactory types = TypeFactory.createDefaultInstance().withClassLoader(loader);
        return new TranscoderFactory(new JsonTranscoder(JsonMapper.builder().typeFactory(types).build(), trusted), null,
                ValueFormat.of(loader, TrustedClasses.of(trusted)))
            .objects(TranscoderSettings.defaults().format(format));
    }

    Map<String, String> verdicts() throws Exception {
        return call("verdicts");
    }

    List<String> classChanges() throws Exception {
        return call("classChanges");
    }

    Map<String, Object> mutations(int times, long seed) throws Exception {
        return call("mutations", times, seed);
    }

    Map<String, String> costlyValues() throws Exception {
        return call("costlyValues");
    }

    String costlyBytes(byte[] bytes) throws Exception {
        return call("costlyBytes", bytes);
    }

    Map<String, String> foreignClasses() throws Exception {
        return call("foreignClasses");
    }

    @SuppressWarnings("unchecked")
    private <T> T call(String method, Object... arguments) throws Exception {
        Class<?>[] types = Arrays.stream(arguments)
            .map((each) -> (each instanceof Integer) ? int.class
                    : (each instanceof Long) ? long.class : each.getClass())
            .toArray(Class<?>[]::new);
        try {
            return (T) this.trials.getClass().getMethod(method, types).invoke(this.trials, arguments);
        }
        catch (InvocationTargetException ex) {
            throw (ex.getCause() instanceof Exception cause) ? cause : ex;
        }
    }

}
