package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.embedded.junit.MemcachedProcess;
import io.memlink.embedded.junit.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Spring's annotations on a real memcached.
 */
@MemcachedTest
class CachingIntegrationTests {

    private ApplicationContextRunner runner;

    private MemcachedProcess server;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.server = server;
        this.runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                            MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withBean(Books.class)
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port());
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        this.runner.run(test);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    static class Application {

    }

    record Book(long id, String title, int edition) {
    }

    static class Books {

        private final AtomicInteger loads = new AtomicInteger();

        @Cacheable("books")
        public Book find(long id) {
            return load(id);
        }

        @Cacheable("books")
        public Book find(String author, String title) {
            return new Book(0, author + title, this.loads.incrementAndGet());
        }

        @Cacheable(cacheNames = "books", sync = true)
        public Book findOnce(long id) {
            return load(id);
        }

        @Cacheable("nothing")
        public Book findNothing(long id) {
            this.loads.incrementAndGet();
            return null;
        }

        @Cacheable("broken")
        public Book fail(long id) {
            throw new IllegalStateException("load " + this.loads.incrementAndGet());
        }

        @Cacheable("future")
        public CompletableFuture<Book> findLater(long id) {
            return CompletableFuture.completedFuture(load(id));
        }

        @Cacheable(cacheNames = "future", sync = true)
        public CompletableFuture<Book> findLaterOnce(long id) {
            return CompletableFuture.completedFuture(load(id));
        }

        @Cacheable("mono")
        public Mono<Book> findMono(long id) {
            return Mono.fromSupplier(() -> load(id));
        }

        @Cacheable("flux")
        public Flux<Book> findFlux(long id) {
            return Flux.defer(() -> Flux.just(load(id), load(id)));
        }

        @CachePut(cacheNames = "books", key = "#book.id")
        public Book save(Book book) {
            return book;
        }

        @CacheEvict("books")
        public void remove(long id) {
        }

        @CacheEvict(cacheNames = "books", beforeInvocation = true)
        public void removeBefore(long id) {
        }

        @CacheEvict(cacheNames = "books", allEntries = true)
        public void removeAll() {
        }

        public int loads() {
            return this.loads.get();
        }

        private Book load(long id) {
            return new Book(id, "title", this.loads.incrementAndGet());
        }

    }

    @Test
    void loadsOnce() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            assertThat(books.find(1)).isEqualTo(new Book(1, "title", 1)).isEqualTo(books.find(1));
            assertThat(books.find(2).edition()).isEqualTo(2);
            assertThat(books.findOnce(2).edition()).isEqualTo(2);
            assertThat(books.findOnce(3)).isEqualTo(books.findOnce(3));
        });
    }

    @Test
    void keepsKeysOfSeveralPartsApart() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            assertThat(books.find("a", "b,c")).isNotEqualTo(books.find("a,b", "c"));
            assertThat(books.find("a b", "c\r\n")).isEqualTo(books.find("a b", "c\r\n"));
        });
    }

    @Test
    void remembersThatThereIsNothing() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            assertThat(books.findNothing(1)).isNull();
            assertThat(books.findNothing(1)).isNull();
            assertThat(books.loads()).isEqualTo(1);
        });
    }

    @Test
    void doesNotRememberFailures() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            assertThatIllegalStateException().isThrownBy(() -> books.fail(1)).withMessage("load 1");
            assertThatIllegalStateException().isThrownBy(() -> books.fail(1)).withMessage("load 2");
        });
    }

    @Test
    void putsAndEvicts() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            books.save(new Book(7, "saved", 9));
            assertThat(books.find(7)).isEqualTo(new Book(7, "saved", 9));
            books.remove(7);
            assertThat(books.find(7)).isEqualTo(new Book(7, "title", 1));
            books.removeBefore(7);
            assertThat(books.find(7).edition()).isEqualTo(2);
            books.removeAll();
            assertThat(books.find(7).edition()).isEqualTo(3);
            assertThat(books.find(7).edition()).isEqualTo(3);
        });
    }

    @Test
    void cachesWhatComesLater() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            assertThat(books.findLater(1).join()).isEqualTo(new Book(1, "title", 1));
            assertThat(books.findLater(1).join()).isEqualTo(new Book(1, "title", 1));
            assertThat(books.findLaterOnce(2).join()).isEqualTo(books.findLaterOnce(2).join());
            assertThat(books.findMono(3).block()).isEqualTo(books.findMono(3).block());
            assertThat(books.findFlux(4).collectList().block()).hasSize(2)
                .isEqualTo(books.findFlux(4).collectList().block());
        });
    }

    @Test
    void aClearIsSeenByOtherApplications() {
        run((here) -> run((there) -> {
            Book first = here.getBean(Books.class).find(1);
            Books others = there.getBean(Books.class);
            assertThat(others.find(1)).isEqualTo(first);
            assertThat(others.loads()).isZero();
            here.getBean(CacheManager.class).getCache("books").clear();
            await().atMost(Duration.ofSeconds(3)).until(() -> {
                others.find(1);
                return others.loads() == 1;
            });
        }));
    }

    @Test
    void worksOnWhileTheServerIsAway() {
        run((context) -> {
            Books books = context.getBean(Books.class);
            Book cached = books.find(1);
            assertThat(books.find(1)).isEqualTo(cached);
            this.server.kill();
            for (int i = 0; i < 100; i++) {
                assertThat(books.find(1).title()).isEqualTo("title");
                assertThat(books.findOnce(2).title()).isEqualTo("title");
                assertThat(books.findLater(3).join().title()).isEqualTo("title");
                assertThat(books.findMono(4).block().title()).isEqualTo("title");
                books.save(new Book(5, "saved", 1));
                books.remove(5);
                books.removeBefore(5);
                books.removeAll();
            }
            this.server.restart();
            await().atMost(Duration.ofSeconds(10)).until(() -> books.find(1).equals(books.find(1)));
        });
    }

}
