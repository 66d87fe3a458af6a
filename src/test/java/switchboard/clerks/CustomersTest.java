package switchboard.clerks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import switchboard.load.Reply;
import switchboard.request.CloudEvents;
import switchboard.wire.Inbound;

class CustomersTest {

    @Test
    void what_a_customer_says_is_an_event_whatever_he_says() {
        var text = "He said \"no\" \\ and left 🙏";

        var event = CloudEvents.read(
                Customers.said("/chat/bench", "m-1", "c-1", text).getBytes(UTF_8));

        assertThat(((Inbound.Message) event.content()).text().text()).isEqualTo(text);
        assertThat(event.thread().channel()).isEqualTo("chat");
    }

    @Test
    void scripts_are_the_customers_words_of_one_dialogue_each() {
        var scripts = Customers.scripts();

        assertThat(scripts)
                .hasSizeGreaterThan(10)
                .contains(List.of("my gift card code doesnt work", "\"card not active\"", "works, ty"));
        assertThat(scripts.stream().flatMap(List::stream))
                .contains("fine, thanks for being straight with me")
                .doesNotContain("Two to three working days with your bank.");
    }

    @Test
    void the_conversation_is_read_from_what_was_acknowledged() {
        var id = "c" + "a".repeat(26);
        var answer = new Reply(201, "{\"conversation\":\"%s\",\"seq\":2,\"id\":\"%s.2\"}".formatted(id, id));

        assertThat(Customers.conversation(answer)).isEqualTo(id);
    }
}
