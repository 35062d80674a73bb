package io.memlink.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The classes of one module and of all that its tests need, as Maven has left them.
 * Immutable.
 *
 * @param module the folder of the module
 * @param classes its class path
 */
record ModulePath(Path module, String classes) {

    static ModulePath of(Path module) throws IOException {
        Path target = module.resolve("target");
        return new ModulePath(module,
                String.join(File.pathSeparator, target.resolve("test-classes").toString(),
                        target.resolve("classes").toString(), Files.readString(target.resolve("test.classpath")).trim(),
                        System.getProperty("java.class.path")));
    }

    /** Compiles the source of a mutant alone; returns what the compiler refuses. */
    String compile(Mutant mutant, Path classes) throws IOException {
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String source = mutant.sabotaged();
        JavaFileObject file = new SimpleJavaFileObject(
                URI.create("string:///" + mutant.type().replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {

            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }

        };
        List<String> options = List.of("-d", classes.toString(), "-cp", this.classes, "-proc:none", "-parameters", "-g",
                "--release", "17", "-nowarn", "-Xlint:none");
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
        return compiled ? "" : messages.toString();
    }

    /** Begins a program whose classes are replaced by those of a folder. */
    Process begin(Path classes, Path output, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m",
                "-XX:+EnableDynamicAgentLoading", "-Xshare:auto", "-cp", classes + File.pathSeparator + this.classes));
        command.addAll(program);
        return new ProcessBuilder(command).directory(this.module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    }

}
