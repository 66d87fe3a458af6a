package switchboard.gateways;

import static org.apache.pekko.http.javadsl.server.Directives.complete;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channel.Outbound;
import switchboard.channel.Outbound.Letter;
import switchboard.channel.Partition;
import switchboard.http.Answers;
import switchboard.http.Gate;
import switchboard.http.Gate.Caller;
import switchboard.request.Fault;
import switchboard.request.Negotiation;
import switchboard.request.Parameters;
import switchboard.request.Problem;
import switchboard.security.Action;
import switchboard.sse.Frames;
import switchboard.sse.Streams;

/**
 * What a channel's gateway is to deliver.
 *
 * <pre>
 * GET /v1/channels/{channel}/outbound?partitions=0-7   Accept: text/event-stream
 *     200 event: message.send, data: {"id","conversation","seq","channel","thread","text","at","author"}
 *         event: taken,        data: {"partitions":[3,4]}
 * </pre>
 */
public final class OutboundRoutes {

    /** Connects a gateway: {@link Outbound#connect}. */
    public interface Exchange {
        Outbound.Line connect(String tenant, String channel, Set<Integer> partitions);
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutboundRoutes.class);
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern RANGES = Pattern.compile("[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?){0,15}");
    private static final String PARTITIONS = "partitions";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final Gate gate;
    private final Streams streams;
    private final Exchange exchange;

    public OutboundRoutes(Gate gate, Streams streams, Exchange exchange) {
        this.gate = gate;
        this.streams = streams;
        this.exchange = exchange;
    }

    public Route routes() {
        return gate.onNamed(Action.FETCH_OUTBOUND, this::connect);
    }

    private Route connect(Caller caller, String channel, HttpRequest request) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new Problem(Fault.NO_SUCH_ROUTE);
        }
        if (!caller.principal().speaksFor(channel)) {
            throw new Problem(Fault.CHANNEL_NOT_ALLOWED);
        }
        Negotiation.choose(request, List.of("text/event-stream"));
        Parameters.of(request, Set.of(PARTITIONS));
        var partitions = partitions(Parameters.one(request, PARTITIONS).orElse("0-" + (Partition.COUNT - 1)));
        var stream = streams.open(caller.principal(), () -> gate.still(caller));
        var line = exchange.connect(caller.principal().tenant(), channel, partitions);
        return complete(stream.carrying(frames(line, channel), line.stuck()));
    }

    /** {@code 3}, {@code 0-7}, {@code 0-3,8}. */
    private static Set<Integer> partitions(String ranges) {
        if (!RANGES.matcher(ranges).matches()) {
            throw refusal();
        }
        var partitions = new TreeSet<Integer>();
        for (var range : ranges.split(",", -1)) {
            var ends = range.split("-", -1);
            var first = Integer.parseInt(ends[0]);
            var last = Integer.parseInt(ends[ends.length - 1]);
            if (first > last || last >= Partition.COUNT) {
                throw refusal();
            }
            IntStream.rangeClosed(first, last).forEach(partitions::add);
        }
        return partitions;
    }

    private static Problem refusal() {
        return new Problem(Fault.INVALID_PARAMETER, "partitions are numbers and ranges from 0 to 15: 0-3,8");
    }

    /** When it breaks off the gateway connects again and gets all that is not accepted. */
    private static Source<ByteString, NotUsed> frames(Outbound.Line line, String channel) {
        return line.told().map(OutboundRoutes::frame).onErrorComplete(failure -> brokenOff(channel, failure));
    }

    private static boolean brokenOff(String channel, Throwable failure) {
        LOG.warn("outbound: a connection of channel {} breaks off: {}", channel, failure.toString());
        return true;
    }

    private static ByteString frame(Outbound.Told told) {
        return switch (told) {
            case Letter letter -> Frames.event("message.send", json(body(letter)));
            case Outbound.Taken taken -> {
                var body = JSON.createObjectNode();
                taken.partitions().forEach(body.putArray(PARTITIONS)::add);
                yield Frames.event("taken", json(body));
            }
        };
    }

    private static ObjectNode body(Letter letter) {
        return JSON.createObjectNode()
                .put("id", letter.id())
                .put("conversation", letter.conversation())
                .put("seq", letter.seq())
                .put("channel", letter.channel())
                .put("thread", letter.thread().text())
                .put("text", letter.text().text())
                .put("at", Answers.at(letter.at()))
                .put("author", letter.author());
    }

    private static byte[] json(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree has a JSON form", e);
        }
    }
}
