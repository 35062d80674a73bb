package io.memlink.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationExcludeFilter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ClassUtils;

/**
 * An application context that processes itself ahead of time when it is refreshed, and
 * then runs as generated code does: without looking at annotations or at conditions.
 */
final class AheadOfTimeContext extends AnnotationConfigApplicationContext {

    private static final AtomicInteger CONTEXTS = new AtomicInteger();

    @Override
    public void refresh() {
        // Generated classes stay loaded, so each context has names of its own for them.
        ClassNameGenerator names = new ClassNameGenerator(ClassName.get(AheadOfTimeContext.class),
                "Context" + CONTEXTS.incrementAndGet());
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation = new DefaultGenerationContext(names, files);
        ClassName initializer;
        try (AnnotationConfigApplicationContext blueprint = blueprint()) {
            initializer = new ApplicationContextAotGenerator().processAheadOfTime(blueprint, generation);
        }
        generation.writeGeneratedContent();
        load(files);
        for (String name : getBeanDefinitionNames()) {
            if (!isSupplied(getBeanDefinition(name))) {
                removeBeanDefinition(name);
            }
        }
        initializer(initializer.canonicalName()).initialize(this);
        super.refresh();
    }

    private AnnotationConfigApplicationContext blueprint() {
        AnnotationConfigApplicationContext blueprint = new AnnotationConfigApplicationContext();
        blueprint.setEnvironment(getEnvironment());
        blueprint.getBeanFactory().registerSingleton("supplied", new Supplied());
        for (String name : getBeanDefinitionNames()) {
            if (!blueprint.containsBeanDefinition(name)) {
                blueprint.registerBeanDefinition(name,
                        ((AbstractBeanDefinition) getBeanDefinition(name)).cloneBeanDefinition());
            }
        }
        return blueprint;
    }

    /** What is made by code of the test, which no generated code can repeat. */
    private static boolean isSupplied(BeanDefinition bean) {
        return ((AbstractBeanDefinition) bean).getInstanceSupplier() != null;
    }

    @SuppressWarnings("unchecked")
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(String name) {
        return (ApplicationContextInitializer<GenericApplicationContext>) BeanUtils
            .instantiateClass(ClassUtils.resolveClassName(name, AheadOfTimeContext.class.getClassLoader()));
    }

    private static void load(InMemoryGeneratedFiles files) {
        Map<String, String> sources = new LinkedHashMap<>();
        files.getGeneratedFiles(Kind.SOURCE)
            .forEach((path, source) -> sources.put(className(path), new String(bytes(source))));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        files.getGeneratedFiles(Kind.CLASS).forEach((path, content) -> classes.put(className(path), bytes(content)));
        classes.putAll(InMemoryCompiler.compile(sources));
        classes.forEach(AheadOfTimeContext::define);
    }

    private static String className(String path) {
        return path.substring(0, path.lastIndexOf('.')).replace('/', '.');
    }

    private static byte[] bytes(InputStreamSource source) {
        try (var stream = source.getInputStream()) {
            return stream.readAllBytes();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Defines a class beside the one that its name begins with, so that it may use what
     * is not public there. Proxies of an earlier context are the same.
     */
    private static void define(String name, byte[] bytes) {
        ClassLoader loader = AheadOfTimeContext.class.getClassLoader();
        if (name.contains("$$") && ClassUtils.isPresent(name, loader)) {
            return;
        }
        int end = name.contains("__") ? name.indexOf("__") : name.indexOf("$$");
        try {
            MethodHandles
                .privateLookupIn(ClassUtils.resolveClassName(name.substring(0, end), loader), MethodHandles.lookup())
                .defineClass(bytes);
        }
        catch (IllegalAccessException ex) {
            throw new IllegalStateException(name, ex);
        }
    }

    /** Leaves supplied beans out; such a filter has to be a processor too. */
    private static final class Supplied implements BeanRegistrationExcludeFilter, BeanRegistrationAotProcessor {

        @Override
        public boolean isExcludedFromAotProcessing(RegisteredBean bean) {
            return isSupplied(bean.getMergedBeanDefinition());
        }

        @Override
        public BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
            return null;
        }

    }

}
