package switchboard.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes a plan in the one form that equal plans share: every field in its place, names sorted, nothing absent but what is not set. */
public final class PlanWriter {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** UTF-8 that {@link PlanReader} reads as an equal plan. */
    public static byte[] write(Plan plan) {
        try {
            return MAPPER.writeValueAsString(json(plan)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode json(Plan plan) {
        var root = NODES.objectNode().put("defaultQueue", plan.defaultQueue());
        var channels = root.putObject("channels");
        plan.channels().forEach((name, channel) -> channels.set(name, json(channel)));
        root.set("otherChannels", json(plan.otherChannels()));
        var priorities = root.putObject("priorities");
        plan.priorities().forEach((name, boost) -> priorities.put(name, boost.toString()));
        var queues = root.putArray("queues");
        plan.queues().forEach(queue -> queues.add(json(queue)));
        return root;
    }

    private static ObjectNode json(Channel channel) {
        var cost = channel.cost();
        var node = NODES.objectNode().put("pool", cost.pool().code()).put("units", cost.units());
        set(node, "silence", channel.silence());
        return node;
    }

    private static ObjectNode json(Queue queue) {
        var node = NODES.objectNode().put("name", queue.name());
        var skills = node.putArray("skills");
        queue.skills()
                .forEach(need -> skills.addObject().put("skill", need.skill()).put("level", need.level()));
        steps(node.putArray("steps"), queue);
        if (!queue.overflow().isEmpty()) {
            node.put("overflow", queue.overflow());
        }
        set(node, "target", queue.target());
        node.put("offer", queue.offer().toString());
        node.put("coolDown", queue.coolDown().toString());
        node.put("wrapUp", queue.wrapUp().toString());
        node.put("lastAgent", queue.lastAgent().toString());
        return node.put("choice", queue.proficiency() ? "proficiency" : "longest-idle");
    }

    private static void steps(ArrayNode steps, Queue queue) {
        for (var step : queue.steps()) {
            var node = steps.addObject();
            set(node, "lasts", step.lasts());
            var without = node.putArray("without");
            step.without().forEach(without::add);
            node.put("language", step.language()).put("level", step.level());
        }
    }

    private static void set(ObjectNode node, String name, Duration duration) {
        if (!duration.isZero()) {
            node.put(name, duration.toString());
        }
    }

    private PlanWriter() {}
}
