package io.memlink.spring.boot.starter;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an application tests one service that caches: the three annotations that the README
 * shows, with memlink-embedded on the test class path.
 */
@SpringBootTest(classes = CachingServiceTests.Books.class)
@EnableAutoConfiguration
@EnableCaching
class CachingServiceTests {

    @Autowired
    private Books books;

    @Service
    static class Books {

        private final AtomicInteger loads = new AtomicInteger();

        @Cacheable("books")
        public String title(int id) {
            return "title " + id + ", load " + this.loads.incrementAndGet();
        }

        @CacheEvict("books")
        public void forget(int id) {
        }

    }

    @Test
    void loadsOnceUntilItIsForgotten() {
        assertThat(this.books.title(1)).isEqualTo("title 1, load 1").isEqualTo(this.books.title(1));
        this.books.forget(1);
        assertThat(this.books.title(1)).isEqualTo("title 1, load 2");
    }

}
