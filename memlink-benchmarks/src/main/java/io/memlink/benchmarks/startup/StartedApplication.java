package io.memlink.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application that does nothing but start, and tells how long that took and how much
 * of the heap is in use once it was collected.
 */
final class StartedApplication {

    static final String MARK = "STARTED ";

    private static final int COLLECTIONS = 3;

    private StartedApplication() {
    }

    /**
     * Starts.
     * @param arguments whether there are caches, then those of Spring Boot
     */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        Class<?> source = Boolean.parseBoolean(arguments[0]) ? WithCaches.class : Plain.class;
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        ConfigurableApplicationContext context = SpringApplication.run(source, others);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.println(MARK + millis + " " + heap / 1024 + " " + context.getBeanDefinitionCount());
        Runtime.getRuntime().halt(0);
    }

    /** Without any cache. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {

    }

    /** With one method that is cached. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    static class WithCaches {

        @Bean
        CachedService cachedService() {
            return new CachedService();
        }

    }

    /** What is cached. */
    static class CachedService {

        @Cacheable("names")
        public String name(int number) {
            return "name " + number;
        }

    }

}
