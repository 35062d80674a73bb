package io.memlink.value.suite;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes class loaders of sources, so that there can be an old and a new version of a
 * class.
 */
final class SourceCompiler {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Kept, since it knows what is in the class path, which takes long to find out. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    /**
     * The same sources are compiled for several tests, which takes most of their time.
     */
    private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private SourceCompiler() {
    }

    /** A class loader with the classes of one source, below that of the suite. */
    static ClassLoader load(String className, String source) {
        return load(Map.of(className, source));
    }

    /** A class loader with the classes of some sources, by the names of the classes. */
    static ClassLoader load(Map<String, String> sources) {
        return loader(compile(sources), SourceCompiler.class.getClassLoader());
    }

    static ClassLoader loader(Map<String, byte[]> classes, ClassLoader parent) {
        return new ClassLoader(parent) {

            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }

        };
    }

    /** The bytes of all classes that the sources make, by name. */
    static Map<String, byte[]> compile(Map<String, String> sources) {
        return COMPILED.computeIfAbsent(sources, SourceCompiler::compileAnew);
    }

    private static synchronized Map<String, byte[]> compileAnew(Map<String, String> sources) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        List<JavaFileObject> files = sources.entrySet()
            .stream()
            .<JavaFileObject>map((each) -> new Source(each.getKey(), each.getValue()))
            .toList();
        StringWriter messages = new StringWriter();
        JavaFileManager manager = new ForwardingJavaFileManager<>(FILES) {

            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                    FileObject sibling) {
                return new Output(name, classes);
            }

        };
        List<String> options = List.of("-parameters", "-proc:none", "-nowarn", "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + ownFolder());
        if (!COMPILER.getTask(messages, manager, null, options, null, files).call()) {
            throw new IllegalArgumentException(messages.toString() + sources);
        }
        return classes;
    }

    /** Where the suite is, even if other modules run it. */
    private static String ownFolder() {
        try {
            return Path.of(SourceCompiler.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        }
        catch (URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return this.text;
        }

    }

    /** A class that stays in memory. */
    private static final class Output extends SimpleJavaFileObject {

        private final String className;

        private final Map<String, byte[]> classes;

        Output(String className, Map<String, byte[]> classes) {
            super(URI.create("bytes:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
            this.className = className;
            this.classes = classes;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {

                @Override
                public void close() {
                    Output.this.classes.put(Output.this.className, toByteArray());
                }

            };
        }

    }

}
