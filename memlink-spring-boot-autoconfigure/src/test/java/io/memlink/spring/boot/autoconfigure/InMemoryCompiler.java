package io.memlink.spring.boot.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.springframework.util.Assert;

/**
 * The compiler of the JDK, from text to bytes.
 */
final class InMemoryCompiler {

    private InMemoryCompiler() {
    }

    /**
     * Compiles classes against the class path of the tests.
     * @param sources by the names of their classes
     * @return the bytes of all classes, by their names
     */
    static Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {

            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name, Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(uri(name, kind), kind) {

                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(name, (absent) -> new ByteArrayOutputStream());
                    }

                };
            }

        };
        List<SimpleJavaFileObject> units = sources.entrySet()
            .stream()
            .map((source) -> source(source.getKey(), source.getValue()))
            .toList();
        CompilationTask task = ToolProvider.getSystemJavaCompiler()
            .getTask(null, files, null, List.of("-proc:none", "-nowarn", "-Xlint:none", "-parameters"), null, units);
        Assert.state(task.call(), "generated code does not compile");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        classes.forEach((name, content) -> bytes.put(name, content.toByteArray()));
        return bytes;
    }

    private static SimpleJavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(uri(name, Kind.SOURCE), Kind.SOURCE) {

            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }

        };
    }

    private static URI uri(String name, Kind kind) {
        return URI.create("string:///" + name.replace('.', '/') + kind.extension);
    }

}
