package switchboard.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFilesTest {

    @TempDir
    Path data;

    @Test
    void the_journals_files_are_counted_by_component_and_no_other_tables() throws Exception {
        put("switchboard/messages-1/nb-1-big-Data.db", 5);
        put("switchboard/messages-1/nb-2-big-Data.db", 7);
        put("switchboard/messages-1/nb-2-big-Index.db", 2);
        put("switchboard/messages-1/nb-2-big-TOC.txt", 90);
        put("switchboard/messages_gone-1/nb-1-big-Data.db", 1_000);
        put("system/messages-1/nb-1-big-Data.db", 1_000);

        assertThat(JournalFiles.bytes(data)).containsExactly(entry("Data.db", 12L), entry("Index.db", 2L));
    }

    @Test
    void they_are_merged_once_no_component_of_another_file_is_left() throws Exception {
        put("switchboard/messages-1/nb-1-big-Index.db", 1);
        put("switchboard/messages-1/nb-3-big-Data.db", 5);
        put("switchboard/messages-1/nb-3-big-Index.db", 1);
        assertThat(JournalFiles.merged(data)).isFalse();

        Files.delete(data.resolve("cassandra/data/switchboard/messages-1/nb-1-big-Index.db"));

        assertThat(JournalFiles.merged(data)).isTrue();
    }

    private void put(String name, int bytes) throws IOException {
        var file = data.resolve("cassandra/data").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
