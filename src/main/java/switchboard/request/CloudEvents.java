package switchboard.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import switchboard.wire.CustomerThread;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;

/**
 * Reads one CloudEvents 1.0 event: structured ({@code application/cloudevents+json}), or binary ({@code ce-*} headers,
 * {@code application/json}). Both become one JSON object, which is then read once. Extension attributes are let be.
 */
public final class CloudEvents {

    private static final int ID = 256;
    private static final int SOURCE = 512;
    private static final Pattern CHANNEL = Pattern.compile("/([a-z][a-z0-9-]{0,39})(/.*)?", Pattern.DOTALL);
    private static final Pattern URI_CHARACTERS =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[^\\x00-\\x7f])*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern DATA_TYPE =
            Pattern.compile("application/json( *; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    /** Bounded as the contract says. Refused: whatever a {@link Fault} of 400, 413 or 415 names. */
    public static Inbound read(HttpRequest request, byte[] body) {
        var type = Bodies.mediaType(request);
        return switch (type.isEmpty() && body.length == 0 ? "application/json" : type) {
            case "application/cloudevents+json" -> event(Json.object(body));
            case "application/json" -> event(binary(request, body));
            default ->
                throw new Problem(
                        Fault.UNSUPPORTED_MEDIA_TYPE,
                        "application/cloudevents+json, or application/json with ce- headers");
        };
    }

    /** The same in structured mode, from {@code json} alone. */
    public static Inbound read(byte[] json) {
        return event(Json.object(json));
    }

    /** The id of what is no event, so that its sender knows which; empty where it has none that can be told. */
    public static String id(byte[] json) {
        try {
            var event = Fields.of(Json.object(json));
            var id = event.line("id", ID);
            return event.flawed() ? "" : id;
        } catch (Problem _) {
            return "";
        }
    }

    private static Inbound event(ObjectNode body) {
        var event = Fields.of(body);
        version(event);
        var type = event.requiredLine("type", ID);
        var id = event.requiredLine("id", ID);
        var source = event.requiredLine("source", SOURCE);
        var thread = CustomerThread.of(channel(event, source), event.requiredLine("subject", 2 * ID));
        canonical(event, thread);
        var time = time(event);
        event.matching("datacontenttype", DATA_TYPE);
        event.line("dataschema", SOURCE);
        event.has("data");
        extensions(event);
        if (event.has("type") && !type.isEmpty() && !EventData.knows(type)) {
            event.flaw(Fault.UNKNOWN_TYPE, "type", "is unknown");
            event.done();
        }
        var content = EventData.read(type, event);
        event.done();
        return new Inbound(type, thread, new Personal(source), new Personal(id), time, content);
    }

    private static void version(Fields event) {
        var version = event.requiredLine("specversion", ID);
        if (!version.isEmpty() && !version.equals("1.0")) {
            event.flaw(Fault.UNSUPPORTED_SPECVERSION, "specversion", "is not 1.0");
        }
    }

    private static String channel(Fields event, String source) {
        var channel = CHANNEL.matcher(source);
        if (channel.matches() && URI_CHARACTERS.matcher(source).matches()) {
            return channel.group(1);
        }
        if (!source.isEmpty()) {
            event.flaw(Fault.SOURCE_NOT_A_CHANNEL, "source", "is no path whose first segment is a channel");
        }
        return "";
    }

    private static void canonical(Fields event, CustomerThread thread) {
        var bytes = thread.canonical().text().getBytes(UTF_8).length;
        if (bytes > ID || (bytes == 0 && !event.string("subject").isEmpty())) {
            event.flaw(Fault.INVALID_VALUE, "subject", "has, made canonical, no or over " + ID + " bytes");
        }
    }

    private static String time(Fields event) {
        var time = event.line("time", ID);
        if (!time.isEmpty() && !isTime(time)) {
            event.flaw(Fault.INVALID_VALUE, "time", "is not RFC 3339");
        }
        return time;
    }

    private static boolean isTime(String time) {
        try {
            return TIME.matcher(time).matches() && OffsetDateTime.parse(time.toUpperCase(Locale.ROOT)) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void extensions(Fields event) {
        for (var name : event.others()) {
            if (!NAME.matcher(name).matches()) {
                event.flaw(Fault.INVALID_VALUE, name, "is no attribute's name");
            } else if (!event.isScalar(name)) {
                event.flaw(Fault.WRONG_TYPE, name, "is an array or an object");
            }
        }
    }

    private static ObjectNode binary(HttpRequest request, byte[] body) {
        var event = Json.MAPPER.createObjectNode();
        for (var header : request.getHeaders()) {
            var name = header.lowercaseName();
            if (name.startsWith("ce-")) {
                attribute(event, name.substring(3), header);
            }
        }
        if (body.length > 0) {
            event.set("data", Json.object(body));
        }
        return event;
    }

    private static void attribute(ObjectNode event, String name, HttpHeader header) {
        if (name.equals("data") || name.equals("datacontenttype")) {
            throw new Problem(Fault.INVALID_VALUE, "the body and its Content-Type say this, not a ce- header");
        }
        if (event.has(name)) {
            throw new Problem(Fault.DUPLICATE_FIELD, "a ce- header stands there twice");
        }
        event.put(name, decoded(unquoted(header.value().strip())));
    }

    private static String unquoted(String value) {
        var quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** One round of percent-decoding; what is not ASCII must come encoded. */
    private static String decoded(String value) {
        var bytes = ByteBuffer.allocate(value.length());
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                throw new Problem(Fault.INVALID_VALUE, "a ce- header is not percent-encoded");
            }
            bytes.put(c == '%' ? hex(value, i) : (byte) c);
            i += c == '%' ? 2 : 0;
        }
        try {
            return UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Problem(Fault.INVALID_UTF8, "a ce- header is not percent-encoded UTF-8");
        }
    }

    private static byte hex(String value, int percent) {
        var end = percent + 3;
        if (end > value.length() || !value.substring(percent + 1, end).matches("[0-9A-Fa-f]{2}")) {
            throw new Problem(Fault.INVALID_VALUE, "a ce- header has a % without two hex digits");
        }
        return (byte) Integer.parseInt(value, percent + 1, end, 16);
    }

    private CloudEvents() {}
}
