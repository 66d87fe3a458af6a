package switchboard.request;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.wire.Inbound.Attachment;
import switchboard.wire.Inbound.Consent;
import switchboard.wire.Inbound.Content;
import switchboard.wire.Inbound.Customer;
import switchboard.wire.Inbound.Left;
import switchboard.wire.Inbound.Message;
import switchboard.wire.Inbound.Rating;
import switchboard.wire.Inbound.Receipt;
import switchboard.wire.Personal;

/** Reads an event's {@code data}, by its type. Unknown fields are refused: what we keep we understand. */
final class EventData {

    static final Set<String> TYPES = Set.of(
            "message.received",
            "message.accepted",
            "message.delivered",
            "message.read",
            "message.failed",
            "customer.left",
            "csat.received",
            "consent.given",
            "consent.withdrawn");

    private static final Personal NOTHING = new Personal("");
    private static final int LINE = 256;
    private static final int URL = 2048;
    private static final int ATTACHMENTS = 32;
    private static final Pattern TIER = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}");
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Set<String> SCHEMES = Set.of("https", "http");

    static boolean knows(String type) {
        return TYPES.contains(type);
    }

    /** What {@code event} says under {@code data}; flaws are left in it. */
    static Content read(String type, Fields event) {
        if (!type.equals("customer.left")) {
            event.required("data");
        }
        if (!event.has("data") && !type.equals("customer.left")) {
            return new Left();
        }
        var data = event.object("data");
        var content = content(type, data);
        data.nothingElse();
        return content;
    }

    private static Content content(String type, Fields data) {
        return switch (type) {
            case "message.received" -> message(data);
            case "message.accepted" -> new Receipt(ref(data), providerId(data), NOTHING);
            case "message.delivered", "message.read" -> new Receipt(ref(data), NOTHING, NOTHING);
            case "message.failed" -> new Receipt(ref(data), NOTHING, new Personal(data.line("reason", 4 * LINE)));
            case "csat.received" -> rating(data);
            case "consent.given", "consent.withdrawn" -> new Consent(data.requiredMatching("purpose", PURPOSE));
            default -> new Left();
        };
    }

    private static Message message(Fields data) {
        var text = data.text("text");
        var customer = customer(data.object("customer"));
        var attachments = data.objects("attachments", ATTACHMENTS).stream()
                .map(EventData::attachment)
                .toList();
        var ref = new Personal(data.line("ref", LINE));
        if (text.isEmpty() && attachments.isEmpty() && !data.flawed()) {
            data.flaw(Fault.EMPTY_MESSAGE, "text", "is empty, and there are no attachments");
        }
        return new Message(new Personal(text), customer, List.copyOf(attachments), ref);
    }

    private static Customer customer(Fields customer) {
        var read = new Customer(
                new Personal(customer.line("id", LINE)),
                new Personal(customer.line("name", LINE)),
                customer.matching("language", LANGUAGE),
                customer.matching("tier", TIER));
        customer.nothingElse();
        return read;
    }

    private static Attachment attachment(Fields attachment) {
        var url = attachment.requiredLine("url", URL);
        if (!url.isEmpty() && !isUrl(url)) {
            attachment.flaw(Fault.INVALID_VALUE, "url", "is no http or https URL");
        }
        var read = new Attachment(
                new Personal(url),
                attachment.matching("mediaType", MEDIA_TYPE),
                attachment.number("size", 0, 1L << 50),
                new Personal(attachment.line("name", LINE)));
        attachment.nothingElse();
        return read;
    }

    private static boolean isUrl(String url) {
        try {
            var uri = new URI(url);
            return uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Rating rating(Fields data) {
        data.required("score");
        return new Rating((int) data.number("score", 1, 5), new Personal(data.text("comment")));
    }

    private static String ref(Fields data) {
        return data.requiredLine("ref", LINE);
    }

    private static Personal providerId(Fields data) {
        return new Personal(data.requiredLine("providerId", LINE));
    }

    private EventData() {}
}
