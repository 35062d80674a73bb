package io.memlink.spring.boot.autoconfigure.template;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.ValueTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.transcoder.ClientFlags;
import io.memlink.transcoder.CompressingTranscoder;
import io.memlink.transcoder.Compression.InflationLimit;
import io.memlink.transcoder.InteropTranscoder;
import io.memlink.value.MemlinkTypeConverter;
import io.memlink.value.ValueNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What {@code memlink.serialization} and {@code memlink.compression} do.
 */
@ExtendWith(OutputCaptureExtension.class)
class MemlinkSerializationTests {

    private static final String LARGE = "all work and no play makes jack a dull boy ".repeat(1000);

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
            AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class));

    record Product(String articleNumber) implements Serializable {
    }

    @AutoConfigurationPackage
    static class Application {

    }

    @Test
    void trustsTheTypesOfTheApplication() {
        this.runner.withUserConfiguration(Application.class).run((context) -> {
            Transcoder<Object> transcoder = transcoder(context);
            assertThat(transcoder.decode(transcoder.encode(new Product("7")))).isEqualTo(new Product("7"));
        });
        this.runner.run((context) -> {
            Transcoder<Object> transcoder = transcoder(context);
            assertThatExceptionOfType(ValueNotSupportedException.class)
                .isThrownBy(() -> transcoder.encode(new Product("7")))
                .withMessageContaining("trust its package");
        });
    }

    @Test
    void namesAreTrustedWhenTheMapperOfTheApplicationReads() {
        this.runner.withPropertyValues("memlink.serialization.format=application").run((context) -> {
            Transcoder<Object> transcoder = transcoder(context);
            EncodedValue value = transcoder.encode(new Product("7"));
            assertThatIllegalArgumentException().isThrownBy(() -> transcoder.decode(value))
                .withMessageContaining("a type that is trusted");
        });
    }

    @Test
    void usesTheMapperOfTheApplication() {
        JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
        this.runner.withBean(JsonMapper.class, () -> mapper)
            .withPropertyValues("memlink.serialization.format=application",
                    "memlink.serialization.trusted-packages=" + Product.class.getPackageName())
            .run((context) -> {
                Transcoder<Object> transcoder = transcoder(context);
                EncodedValue value = transcoder.encode(new Product("7"));
                assertThat(value.data()).asString().contains("article_number");
                assertThat(transcoder.decode(value)).isEqualTo(new Product("7"));
            });
    }

    @Test
    void writesJsonOfDeclaredTypesWhereThatIsWanted() {
        this.runner
            .withPropertyValues("memlink.serialization.declared-types=true",
                    "memlink.serialization.trusted-packages=" + Product.class.getPackageName())
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                ValueTemplate<Product> products = template.forType(Product.class);
                products.set("declared", new Product("7"));
                assertThat(stored(template, "declared").data()).asString().isEqualTo("{\"articleNumber\":\"7\"}");
                assertThat(products.get("declared")).isEqualTo(new Product("7"));
                assertThat(template.get("declared")).isNull();
                template.set("named", new Product("8"));
                assertThat(products.get("named")).isEqualTo(new Product("8"));
                template.forType(String.class).set("text", "text");
                assertThat(template.get("text")).isEqualTo("text");
            });
    }

    @ParameterizedTest
    @CsvSource({ "gzip,1", "zstd,2", "lz4,3" })
    void compressesValues(String algorithm, int id) {
        this.runner.withPropertyValues("memlink.compression.algorithm=" + algorithm).run((context) -> {
            MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
            template.set("large", LARGE);
            template.set("small", "small");
            assertThat(template.get("large")).isEqualTo(LARGE);
            assertThat(ClientFlags.parse(stored(template, "large").flags())).isEqualTo(new ClientFlags(2, id));
            assertThat(stored(template, "large").data()).hasSizeLessThan(LARGE.length() / 10);
            assertThat(ClientFlags.parse(stored(template, "small").flags())).isEqualTo(new ClientFlags(2, 0));
        });
    }

    private static EncodedValue stored(MemlinkTemplate template, String key) {
        EncodedValue stored = template.client().blocking().with(Transcoder.encoded()).get(key);
        assertThat(stored).isNotNull();
        return stored;
    }

    @Test
    void readsCompressedValuesWithoutCompressing() {
        this.runner.run((context) -> {
            TranscoderFactory factory = context.getBean(TranscoderFactory.class);
            TranscoderSettings settings = context.getBean(TranscoderSettings.class);
            assertThat(settings).isEqualTo(TranscoderSettings.defaults());
            EncodedValue value = factory.objects(settings.compression("zstd")).encode(LARGE);
            assertThat(transcoder(context).decode(value)).isEqualTo(LARGE);
            assertThat(transcoder(context).encode(LARGE).flags()).isEqualTo(0x4D4C_0002);
        });
    }

    @Test
    void serializesWhatTheFilterAllowsWithoutJackson() {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .withPropertyValues("memlink.serialization.format=jdk",
                    "memlink.serialization.jdk-filter=" + Product.class.getName() + ";java.util.ArrayList")
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                List<Product> products = new ArrayList<>(List.of(new Product("7")));
                template.set("products", products);
                assertThat(template.get("products")).isEqualTo(products);
                assertThat(stored(template, "products").flags()).isEqualTo(0x4D4C_0007);
            });
    }

    @Test
    void keepsTypesWithoutJackson() {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("memlink.serialization.format=typed")
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                Map<Long, Product> products = new HashMap<>(Map.of(7L, new Product("7")));
                template.set("products", products);
                assertThat(template.get("products")).isEqualTo(products);
                assertThat(stored(template, "products").flags()).isEqualTo(0x4D4C_0008);
            });
    }

    @ParameterizedTest
    @CsvSource({ "application,0x4D4C0003", "json,0x4D4C0009", "jdk,0x4D4C0007", "typed,0x4D4C0008" })
    void readsOtherFormatsWhereThatIsWanted(String format, String flags) {
        ApplicationContextRunner application = this.runner.withUserConfiguration(Application.class)
            .withPropertyValues("memlink.serialization.jdk-filter=" + Product.class.getName() + ";java.util.ArrayList");
        List<Product> products = new ArrayList<>(List.of(new Product("7")));
        application.withPropertyValues("memlink.serialization.format=" + format).run((writing) -> {
            EncodedValue written = transcoder(writing).encode(products);
            assertThat(written.flags()).isEqualTo(Integer.decode(flags));
            assertThat(transcoder(writing).decode(written)).isEqualTo(products);
            String other = "typed".equals(format) ? "json" : "typed";
            ApplicationContextRunner next = application.withPropertyValues("memlink.serialization.format=" + other);
            next.run((reading) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> transcoder(reading).decode(written)));
            next.withPropertyValues("memlink.serialization.also-read=" + format)
                .run((reading) -> assertThat(transcoder(reading).decode(written)).isEqualTo(products));
        });
    }

    @Test
    void isMigratedInTwoStepsWithoutACacheThatIsCold() {
        ApplicationContextRunner application = this.runner.withUserConfiguration(Application.class);
        ApplicationContextRunner before = application.withPropertyValues("memlink.serialization.format=application");
        ApplicationContextRunner first = before.withPropertyValues("memlink.serialization.also-read=typed");
        ApplicationContextRunner second = application.withPropertyValues("memlink.serialization.also-read=application");
        // Each may run beside the one before and the one after, and reads what they
        // wrote.
        for (List<ApplicationContextRunner> both : List.of(List.of(before, first), List.of(first, second),
                List.of(second, application))) {
            both.get(0).run((one) -> both.get(1).run((other) -> {
                assertReads(other, transcoder(one).encode(new Product("7")));
                if (both.get(1) != application) {
                    assertReads(one, transcoder(other).encode(new Product("7")));
                }
            }));
        }
    }

    private static void assertReads(AssertableApplicationContext context, EncodedValue value) {
        assertThat(transcoder(context).decode(value)).isEqualTo(new Product("7"));
    }

    @Test
    void jsonWithoutJacksonIsRefusedAtTheStart() {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .withPropertyValues("memlink.serialization.format=application")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("tools.jackson.core:jackson-databind on the class path"));
    }

    @Test
    void trustsThePackagesThatAreListed() {
        this.runner
            .withPropertyValues("memlink.serialization.format=typed",
                    "memlink.serialization.trusted-packages=" + Product.class.getPackageName())
            .run((context) -> assertThat(transcoder(context).decode(transcoder(context).encode(new Product("7"))))
                .isEqualTo(new Product("7")));
    }

    @Test
    void convertsWhatABeanConverts() {
        this.runner.withUserConfiguration(ConverterConfiguration.class)
            .withPropertyValues("memlink.serialization.format=typed")
            .run((context) -> assertThat(transcoder(context).decode(transcoder(context).encode(new Product("7"))))
                .isEqualTo(new Product("7")));
    }

    @Test
    void logsTheFirstRefusalOfAClass(CapturedOutput output) {
        this.runner.withPropertyValues("memlink.serialization.format=typed").run((context) -> {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(ValueNotSupportedException.class)
                    .isThrownBy(() -> transcoder(context).encode(new Product("secret")));
            }
        });
        assertThat(output).containsOnlyOnce("Values with objects of " + Product.class.getName())
            .contains("trust its package")
            .contains("memlink.serialization.trusted-packages")
            .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "spymemcached", "xmemcached" })
    void sharesValuesWithOtherClients(String profile) {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .withPropertyValues("memlink.serialization.profile=" + profile)
            .run((context) -> {
                // Caches look at it, and leave no placeholders where other clients read.
                assertThat(transcoder(context)).isInstanceOf(InteropTranscoder.class);
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("number", 42);
                template.set("large", LARGE);
                assertThat(template.get("number")).isEqualTo(42);
                assertThat(template.get("large")).isEqualTo(LARGE);
                assertThat(stored(template, "number").flags()).isEqualTo(0x200);
                assertThat(stored(template, "large").flags()).isEqualTo(2);
                assertThatIllegalArgumentException().isThrownBy(() -> template.set("object", new Product("7")))
                    .withMessageContaining("a filter of classes");
            });
    }

    @Test
    void backsOffFromTheApplicationsOwnTranscoder() {
        this.runner.withUserConfiguration(OwnConfiguration.class)
            .run((context) -> assertThat(stored(context, 42).data()).asString().isEqualTo("own"));
    }

    private static EncodedValue stored(AssertableApplicationContext context, Object value) {
        MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
        template.set("key", value);
        return stored(template, "key");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConfiguration {

        @Bean
        Transcoder<Object> memlinkTranscoder() {
            return new OwnTranscoder();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class ConverterConfiguration {

        @Bean
        MemlinkTypeConverter<Product, String> products() {
            return MemlinkTypeConverter.of(Product.class, String.class, Product::articleNumber, Product::new);
        }

    }

    static class OwnTranscoder implements Transcoder<Object> {

        @Override
        public EncodedValue encode(Object value) {
            return Transcoder.text().encode("own");
        }

        @Override
        public Object decode(EncodedValue value) {
            return value;
        }

    }

    @ParameterizedTest
    @CsvSource({ "memlink.serialization.format=jdk,memlink.serialization.jdk-filter",
            "memlink.serialization.jdk-filter=**,memlink.serialization.jdk-filter",
            "memlink.serialization.jdk-filter=com.acme.Order;*,memlink.serialization.jdk-filter",
            "memlink.serialization.trusted-packages=com.acme.*,memlink.serialization.trusted-packages",
            "memlink.serialization.also-read=jdk,memlink.serialization.jdk-filter",
            "memlink.compression.algorithm=brotli,memlink.compression.algorithm",
            "memlink.compression.threshold=-1B,memlink.compression.threshold",
            "memlink.compression.max-inflated-size=0B,memlink.compression.max-inflated-size",
            "memlink.compression.max-ratio=1,memlink.compression.max-ratio" })
    void namesTheSettingThatIsWrong(String property, String name) {
        this.runner.withPropertyValues(property)
            .run((context) -> assertThat(causes(context.getStartupFailure()))
                .filteredOn(InvalidConfigurationPropertyValueException.class::isInstance)
                .extracting((cause) -> ((InvalidConfigurationPropertyValueException) cause).getName())
                .containsOnly(name));
    }

    @Test
    void namesTheSettingThatNeedsJackson() {
        this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
            .withPropertyValues("memlink.serialization.declared-types=true")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.serialization.declared-types with value 'true' is invalid"));
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    @Test
    void defaultsAreThoseOfTheTranscoders() {
        MemlinkCompressionProperties properties = new MemlinkCompressionProperties();
        assertThat(properties.getThreshold().toBytes()).isEqualTo(CompressingTranscoder.DEFAULT_THRESHOLD);
        assertThat(properties.getMaxInflatedSize().toBytes()).isEqualTo(InflationLimit.DEFAULT.maxBytes());
        assertThat(properties.getMaxRatio()).isEqualTo(InflationLimit.DEFAULT.maxRatio());
    }

    @SuppressWarnings("unchecked")
    private static Transcoder<Object> transcoder(AssertableApplicationContext context) {
        return context.getBean("memlinkTranscoder", Transcoder.class);
    }

}
