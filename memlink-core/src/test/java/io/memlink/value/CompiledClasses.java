package io.memlink.value;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A class loader of its own with classes that are compiled when they are needed. */
final class CompiledClasses extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    private CompiledClasses(ClassLoader parent) {
        super(parent);
    }

    /** Compiles one source, whose first public type has the name. */
    static CompiledClasses of(String name, String source) {
        return of(Map.of(name, source));
    }

    static CompiledClasses of(Map<String, String> sources) {
        CompiledClasses loader = new CompiledClasses(CompiledClasses.class.getClassLoader());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null);
                Files files = new Files(standard, loader.classes)) {
            List<Source> units = sources.entrySet().stream().map(Source::of).toList();
            if (!compiler.getTask(null, files, problems, List.of("-proc:none"), null, units).call()) {
                throw new IllegalArgumentException(problems.getDiagnostics().toString());
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return loader;
    }

    /** What the static method {@code make} of a class gives. */
    Object make(String name) {
        try {
            return loadClass(name).getMethod("make").invoke(null);
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = this.classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    boolean hasLoaded(String name) {
        return findLoadedClass(name) != null;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        private Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        static Source of(Map.Entry<String, String> entry) {
            return new Source(entry.getKey(), entry.getValue());
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return this.text;
        }

    }

    private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, byte[]> classes;

        Files(JavaFileManager standard, Map<String, byte[]> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {

                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {

                        @Override
                        public void close() {
                            Files.this.classes.put(className, toByteArray());
                        }

                    };
                }

            };
        }

    }

}
