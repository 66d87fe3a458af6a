package switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.wire.Wire;

/**
 * Every public message arrives on another node as it was sent. Those that are not public are told by an actor to itself and
 * stay where they are.
 */
class CrossingTest {

    private static final ActorTestKit KIT = ActorTestKit.create(
            "crossing", ConfigFactory.parseString("""
                            pekko.actor.provider = local
                            pekko.persistence.journal { plugin = "pekko.persistence.journal.inmem", auto-start-journals = [] }
                            """).withFallback(ConfigFactory.load("application")));

    private static final CBORMapper CBOR = new CBORMapper();

    private static final ActorRef<Object> REPLY_TO = KIT.createTestProbe().getRef();

    /** What libraries bring to the other side by themselves. */
    private static final Set<Class<?>> KNOWN = Set.of(Done.class, String.class, Long.class, Integer.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("switchboard").stream()
                        .filter(it -> it.isAssignableTo(Wire.class) && it.isRecord())
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(it -> java.lang.reflect.Modifier.isPublic(it.getModifiers()))
                        .sorted(Comparator.comparing(Class::getName));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_arrives_as_it_was_sent(Class<?> message) {
        for (var variant = 0; variant < 6; variant++) {
            var sent = sample(message, variant);

            assertThat(crossed(sent))
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void what_it_is_answered_with_can_cross_too(Class<?> message) {
        for (var component : message.getRecordComponents()) {
            if (component.getType() == ActorRef.class) {
                var answer = argument(component.getGenericType());
                var value = answer instanceof ParameterizedType reply && reply.getRawType() == StatusReply.class
                        ? argument(answer)
                        : answer;
                assertThat(value instanceof Class<?> it && (Wire.class.isAssignableFrom(it) || KNOWN.contains(it)))
                        .as("%s.%s is told %s", message.getSimpleName(), component.getName(), value)
                        .isTrue();
            }
        }
    }

    /** Nodes of two versions work side by side while one replaces the other. */
    @ParameterizedTest
    @MethodSource("messages")
    void what_a_newer_version_says_besides_is_ignored(Class<?> message) {
        for (var variant = 0; variant < 6; variant++) {
            var sent = sample(message, variant);

            assertThat(crossed(sent, CrossingTest::saidMore))
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .isEqualTo(sent);
        }
    }

    private static byte[] saidMore(byte[] bytes) {
        try {
            var message = (ObjectNode) CBOR.readTree(bytes);
            message.putObject("tomorrow").putArray("a").add(1);
            return CBOR.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object crossed(Object sent) {
        return crossed(sent, UnaryOperator.identity());
    }

    private static Object crossed(Object sent, UnaryOperator<byte[]> onTheWay) {
        var serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
        var serializer = serialization.findSerializerFor(sent);
        var manifest = org.apache.pekko.serialization.Serializers.manifestFor(serializer, sent);
        var bytes = onTheWay.apply(serialization.serialize(sent).get());
        return serialization
                .deserialize(bytes, serializer.identifier(), manifest)
                .get();
    }

    /** Empty where {@code variant} is 0, otherwise filled; of several kinds of a thing another one each time. */
    private static Object sample(Type type, int variant) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, variant);
        }
        var it = (Class<?>) type;
        if (it.isRecord()) {
            return record(it, variant);
        }
        if (it.isEnum()) {
            return it.getEnumConstants()[variant % it.getEnumConstants().length];
        }
        if (it.isSealed()) {
            var kinds = it.getPermittedSubclasses();
            return sample(kinds[variant % kinds.length], variant);
        }
        return plain(it, variant);
    }

    private static Object container(ParameterizedType type, int variant) {
        var raw = (Class<?>) type.getRawType();
        var some = variant > 0;
        if (raw == ActorRef.class) {
            return REPLY_TO;
        } else if (raw == Optional.class) {
            return some ? Optional.of(sample(argument(type), variant)) : Optional.empty();
        } else if (raw == List.class) {
            return some ? List.of(sample(argument(type), variant), sample(argument(type), variant + 1)) : List.of();
        } else if (raw == Set.class) {
            return some ? Set.of(sample(argument(type), variant)) : Set.of();
        } else if (raw == Map.class) {
            var arguments = type.getActualTypeArguments();
            return some ? Map.of(sample(arguments[0], variant), sample(arguments[1], variant)) : Map.of();
        }
        throw new IllegalArgumentException("no sample of " + type);
    }

    private static Object plain(Class<?> it, int variant) {
        if (it == String.class) {
            return variant == 0 ? "" : "grüß 🙂 \"" + variant;
        } else if (it == int.class || it == Integer.class) {
            return variant;
        } else if (it == long.class || it == Long.class) {
            return Long.MAX_VALUE - variant;
        } else if (it == double.class) {
            return variant / 3.0;
        } else if (it == boolean.class) {
            return variant % 2 == 1;
        } else if (it == byte[].class) {
            return new byte[] {(byte) variant, -1, 0};
        } else if (it == Instant.class) {
            return Instant.ofEpochMilli(1_800_000_000_123L + variant);
        } else if (it == Duration.class) {
            return Duration.ofMillis(1_500 + variant);
        }
        throw new IllegalArgumentException("no sample of " + it);
    }

    private static Object record(Class<?> it, int variant) {
        var components = it.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> sample(component.getGenericType(), variant))
                .toArray();
        try {
            var constructor = it.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + it, e);
        }
    }

    private static Type argument(Type generic) {
        return ((ParameterizedType) generic).getActualTypeArguments()[0];
    }
}
