package switchboard.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.understanding.Example;

class DataSetTest {

    @TempDir
    private Path folder;

    @Test
    void a_csv_field_in_quotes_may_hold_commas_quotes_and_lines() throws IOException {
        var read = csv("sentence,label\r\n\"a, \"\"b\"\"\r\nc\",x\r\nplain,y\r\n\n\"end\",z");

        assertThat(read)
                .containsExactly(new Example("a, \"b\"\r\nc", "x"), new Example("plain", "y"), new Example("end", "z"));
    }

    @Test
    void further_columns_are_not_read() throws IOException {
        assertThat(csv("text,category,time\nhello,greet,12:00\n")).containsExactly(new Example("hello", "greet"));
    }

    @Test
    void what_data_sets_call_out_of_scope_is_none() throws IOException {
        assertThat(csv("a,b\nhello,NO_NODES_DETECTED\nho,oos\n"))
                .containsExactly(new Example("hello", Example.NONE), new Example("ho", Example.NONE));
    }

    @Test
    void a_broken_csv_is_refused_with_its_line() {
        assertThatThrownBy(() -> csv("text,category\na,x\n\"b,x\n"))
                .hasMessage("set.csv, line 3: a quote does not end");
        assertThatThrownBy(() -> csv("text,category\na,x\nlonely\n")).hasMessage("set.csv, line 3: one column");
        assertThatThrownBy(() -> csv("text,category\na,\n")).hasMessage("set.csv, line 2: no label");
        assertThatThrownBy(() -> csv("")).hasMessage("set.csv, line 1: the head names less than two columns");
        assertThatThrownBy(() -> csv("text,category\n")).hasMessage("set.csv: no examples in it");
    }

    @Test
    void a_text_of_16_385_characters_is_refused() {
        assertThatThrownBy(() -> csv("text,category\n" + "a".repeat(DataSet.LONGEST + 1) + ",x\n"))
                .hasMessageContaining("line 2: longer");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() throws IOException {
        var file = folder.resolve("set.csv");
        Files.write(file, new byte[] {'a', ',', 'b', '\n', (byte) 0xff, ',', 'x'});

        assertThatThrownBy(() -> DataSet.read(file)).hasMessage("set.csv: not UTF-8");
    }

    @Test
    void rasa_markdown_is_read_without_its_marks() throws IOException {
        assertThat(DataSet.read(resource("shop.md")).train())
                .containsExactly(
                        new Example("Wo ist mein Paket?", "versand"),
                        new Example("Wann kommt meine Bestellung?", "versand"),
                        new Example("Ist die Ware schon unterwegs?", "versand"),
                        new Example("Ich möchte mein Geld zurück", "geld_zurueck"),
                        new Example("Wie bekomme ich eine Erstattung?", "geld_zurueck"));
    }

    @Test
    void json_has_parts_to_learn_from_and_to_be_asked_about() throws IOException {
        var set = DataSet.read(resource("shop.json"));

        assertThat(set.train()).hasSize(5).contains(new Example("tell me a joke", Example.NONE));
        assertThat(set.test())
                .containsExactly(
                        new Example("where is the parcel", "order_status"),
                        new Example("who won the match", Example.NONE));
    }

    @Test
    void a_test_part_is_asked_about_before_a_validation_part() throws IOException {
        assertThat(json("{\"train\":[[\"a\",\"x\"]],\"val\":[[\"b\",\"x\"]],\"test\":[[\"c\",\"x\"]]}")
                        .test())
                .containsExactly(new Example("c", "x"));
    }

    @Test
    void a_plain_list_of_pairs_is_all_there_is() throws IOException {
        assertThat(json("[[\"a\",\"x\"],[\"b\",\"oos\"]]").test())
                .containsExactly(new Example("a", "x"), new Example("b", Example.NONE));
    }

    @Test
    void json_that_is_none_of_this_is_refused() {
        assertThatThrownBy(() -> json("{")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> json("{}")).hasMessageContaining("neither train nor val nor test");
        assertThatThrownBy(() -> json("{\"train\":[[\"a\"]]}")).hasMessageContaining("train 0 is no [text, label]");
        assertThatThrownBy(() -> json("{\"train\":[[1,\"a\"]]}")).hasMessageContaining("train 0 is no [text, label]");
    }

    private List<Example> csv(String text) throws IOException {
        return written("set.csv", text).train();
    }

    private DataSet json(String text) throws IOException {
        return written("set.json", text);
    }

    private DataSet written(String name, String text) throws IOException {
        return DataSet.read(Files.writeString(folder.resolve(name), text));
    }

    static Path resource(String name) {
        return Path.of("src/test/resources/examples", name);
    }
}
