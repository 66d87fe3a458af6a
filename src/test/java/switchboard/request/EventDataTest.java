package switchboard.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventDataTest {

    @Test
    void every_type_of_event_is_documented_and_no_other() throws Exception {
        var documented = contract()
                .at("/components/schemas/EventType/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();

        assertThat(EventData.TYPES).containsExactlyInAnyOrderElementsOf(documented);
    }

    private static JsonNode contract() throws IOException {
        try (var in = EventData.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }
}
