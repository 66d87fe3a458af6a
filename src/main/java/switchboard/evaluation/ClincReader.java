package switchboard.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import switchboard.understanding.Example;

/**
 * {@code {"train": [[text, label], …], "val", "test", "oos_train", "oos_val", "oos_test"}}. Asked is about test, or val where
 * there is no test. Or one list of pairs.
 */
final class ClincReader {

    private static final JsonMapper MAPPER = new JsonMapper();

    static DataSet read(Path file, String text) throws Unreadable {
        var json = json(file, text);
        if (json.isArray()) {
            var all = pairs(file, json, "");
            return new DataSet(all, all);
        }
        var train = new ArrayList<>(part(file, json, "train"));
        train.addAll(part(file, json, "oos_train"));
        var asked = json.has("test") || json.has("oos_test") ? "test" : "val";
        var test = new ArrayList<>(part(file, json, asked));
        test.addAll(part(file, json, "oos_" + asked));
        if (train.isEmpty() && test.isEmpty()) {
            throw new Unreadable(file, 0, "neither train nor val nor test in it");
        }
        return new DataSet(train, test.isEmpty() ? train : test);
    }

    private static List<Example> part(Path file, JsonNode json, String name) throws Unreadable {
        return pairs(file, json.path(name), name + " ");
    }

    private static List<Example> pairs(Path file, JsonNode pairs, String name) throws Unreadable {
        var examples = new ArrayList<Example>();
        for (var pair : pairs) {
            if (!pair.path(0).isTextual() || !pair.path(1).isTextual() || examples.size() == DataSet.MOST) {
                throw new Unreadable(file, 0, name + examples.size() + " is no [text, label]");
            }
            examples.add(DataSet.example(
                    file, 0, pair.get(0).textValue(), pair.get(1).textValue()));
        }
        return examples;
    }

    private static JsonNode json(Path file, String text) throws Unreadable {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Unreadable(file, e.getLocation().getLineNr(), "not JSON");
        }
    }

    private ClincReader() {}
}
