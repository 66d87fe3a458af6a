package switchboard.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import switchboard.plan.PlanFault.Code;

/** Reads a plan from JSON, or names all that is wrong with it. */
public final class PlanReader {

    /** One entry of a log holds it. What was ever let through is in logs: bounds may be widened, never narrowed. */
    static final int BYTES = 64 * 1024;

    private static final int DEPTH = 8;
    private static final int NAMED = 100;
    private static final int QUEUES = 200;
    private static final int STEPS = 10;
    private static final int SKILLS = 16;
    private static final int CHANNELS = 50;
    private static final int PRIORITIES = 20;
    private static final int LEVELS = 5;
    private static final int UNITS = 1_000;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration OFFER = Duration.ofSeconds(30);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What came of reading. */
    public sealed interface Reading {

        record Sound(Plan plan) implements Reading {}

        /**
         * All that is wrong, or the first hundred.
         *
         * @param faults first those of single fields, in the order of reading
         */
        record Faulty(List<PlanFault> faults) implements Reading {

            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    private final List<PlanFault> faults = new ArrayList<>();

    /** Of UTF-8. */
    public static Reading read(byte[] json) {
        return new PlanReader().reading(json);
    }

    /** What a tenant has that has set nothing. */
    public static Plan local() {
        try (var in = PlanReader.class.getResourceAsStream("/routing-plan.json")) {
            if (in != null && read(in.readAllBytes()) instanceof Reading.Sound sound) {
                return sound.plan();
            }
            throw new IllegalStateException("the program's own routing plan does not hold together");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reading reading(byte[] json) {
        var root = new Part(tree(json), "", faults);
        if (faults.isEmpty()) {
            var plan = plan(root);
            if (faults.isEmpty() && PlanWriter.write(plan).length > BYTES) {
                whole(Code.TOO_LARGE, "is over " + BYTES + " bytes once all its fields are written");
            }
            if (faults.isEmpty()) {
                return new Reading.Sound(plan);
            }
        }
        return new Reading.Faulty(faults.stream().limit(NAMED).toList());
    }

    private Plan plan(Part root) {
        var defaultQueue = root.required("defaultQueue").name("defaultQueue");
        var channels = new TreeMap<String, Channel>();
        var named = root.object("channels");
        named.names(CHANNELS).forEach(name -> channels.put(name, channel(named.object(name))));
        var otherChannels = channel(root.required("otherChannels").object("otherChannels"));
        var priorities = new TreeMap<String, Duration>();
        var boosts = root.object("priorities");
        boosts.names(PRIORITIES)
                .forEach(name -> priorities.put(name, boosts.duration(name, Duration.ZERO, Duration.ZERO, WEEK)));
        var parts = root.required("queues").objects("queues", QUEUES);
        var queues = parts.stream().map(this::queue).toList();
        root.nothingElse();
        new Coherence(root, parts, queues).check(defaultQueue);
        return new Plan(defaultQueue, channels, otherChannels, priorities, queues);
    }

    private static Channel channel(Part part) {
        var pool = part.required("pool").choice("pool", Cost.Pool.INTERRUPTIBLE.code(), Cost.Pool.VOICE.code());
        var cost = new Cost(
                pool.equals(Cost.Pool.VOICE.code()) ? Cost.Pool.VOICE : Cost.Pool.INTERRUPTIBLE,
                part.required("units").number("units", 1, 1, UNITS));
        var channel = new Channel(cost, part.duration("silence", Duration.ZERO, MINUTE, WEEK));
        part.nothingElse();
        return channel;
    }

    private Queue queue(Part part) {
        var queue = new Queue(
                part.required("name").name("name"),
                needs(part.objects("skills", SKILLS)),
                steps(part.objects("steps", STEPS)),
                part.name("overflow"),
                part.duration("target", Duration.ZERO, SECOND, DAY),
                part.duration("offer", OFFER, SECOND, MINUTE.multipliedBy(10)),
                part.duration("coolDown", MINUTE, SECOND, HOUR),
                part.duration("wrapUp", Duration.ZERO, Duration.ZERO, HOUR),
                part.duration("lastAgent", Duration.ZERO, Duration.ZERO, HOUR),
                part.choice("choice", "longest-idle", "proficiency").equals("proficiency"));
        part.nothingElse();
        return queue;
    }

    private static List<Need> needs(List<Part> parts) {
        var levels = new TreeMap<String, Integer>();
        for (var part : parts) {
            var skill = part.required("skill").name("skill");
            var level = part.number("level", 1, 1, LEVELS);
            part.nothingElse();
            if (!skill.isEmpty() && levels.put(skill, level) != null) {
                part.fault(Code.DUPLICATE, "skill", "is asked for before");
            }
        }
        return levels.entrySet().stream()
                .map(e -> new Need(e.getKey(), e.getValue()))
                .toList();
    }

    /** No steps are one that waives nothing and has no end. */
    private static List<Step> steps(List<Part> parts) {
        return parts.isEmpty()
                ? List.of(new Step(Duration.ZERO, new TreeSet<>(), true, LEVELS))
                : parts.stream().map(PlanReader::step).toList();
    }

    private static Step step(Part part) {
        var step = new Step(
                part.duration("lasts", Duration.ZERO, SECOND, DAY),
                new TreeSet<>(part.names("without", SKILLS, Step.ALL)),
                part.flag("language", true),
                part.number("level", LEVELS, 1, LEVELS));
        part.nothingElse();
        return step;
    }

    /** Not left to Jackson, which would guess at UTF-16 and UTF-32. */
    private JsonNode tree(byte[] json) {
        try {
            if (json.length <= BYTES) {
                return MAPPER.readTree(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(json))
                        .toString());
            }
            whole(Code.TOO_LARGE, "is over " + BYTES + " bytes");
        } catch (CharacterCodingException e) {
            whole(Code.INVALID_UTF8, "is not UTF-8");
        } catch (StreamConstraintsException e) {
            whole(Code.TOO_DEEP, "is nested deeper than " + DEPTH + ", or has a name or a number that is too long");
        } catch (JsonProcessingException e) {
            faults.add(
                    e.getOriginalMessage().startsWith("Duplicate")
                            ? new PlanFault(Code.DUPLICATE_FIELD, place(e), "stands there before")
                            : new PlanFault(Code.BROKEN_JSON, "", "is not JSON"));
        }
        return MAPPER.createObjectNode();
    }

    private static String place(JsonProcessingException e) {
        return e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
    }

    private void whole(Code code, String detail) {
        faults.add(new PlanFault(code, "", detail));
    }
}
