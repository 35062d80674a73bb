package io.memlink.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/**
 * The sample application.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
public class SampleApplication {

    /**
     * Starts the application on port 8080, or on {@code SERVER_PORT}.
     * @param args Spring Boot's arguments
     */
    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }

}
