package switchboard.article;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import switchboard.article.ArticleReader.Names;
import switchboard.request.Fault;
import switchboard.request.Fields;
import switchboard.request.Problem;

/**
 * An article as Markdown: its fields as YAML between two lines of {@code ---}, then the body. All values are text, whatever YAML
 * would make of them; neither anchors nor tags.
 */
public final class Markdown {

    /** Of a whole file. */
    public static final int BYTES = 128 * 1024;

    private static final String LINE = "---";
    private static final int DEPTH = 8;

    private static final YAMLFactory YAML =
            YAMLFactory.builder().loaderOptions(options()).build();
    private static final YAMLMapper WRITER = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .build())
            .build();

    /** Refused: a {@link Problem}, with the places in the front matter; {@code /body} is what comes after it. */
    public static Article read(byte[] file) {
        var text = text(file);
        var end = text.indexOf("\n" + LINE + "\n", LINE.length());
        if (!text.startsWith(LINE + "\n") || end < 0) {
            throw new Problem(Fault.BROKEN_FRONT_MATTER);
        }
        var fields = yaml(text.substring(LINE.length() + 1, end + 1));
        if (fields.has("body")) {
            throw new Problem(Fault.BROKEN_FRONT_MATTER, "the body comes after the front matter");
        }
        fields.put("body", text.substring(end + LINE.length() + 2));
        return ArticleReader.read(Fields.of(fields), Names.FRONT_MATTER);
    }

    /** The same, but its id must be {@code id}. */
    public static Article read(byte[] file, String id) {
        return ArticleReader.named(read(file), id);
    }

    /** That {@link #read} reads as an equal article. */
    public static String write(Article article) {
        try {
            var head = ArticleWriter.head(article, Names.FRONT_MATTER);
            return LINE + "\n" + WRITER.writeValueAsString(head) + LINE + "\n" + article.body() + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] file) {
        if (file.length > BYTES) {
            throw new Problem(Fault.BODY_TOO_LARGE, "over " + BYTES + " bytes");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString()
                    .replace("\r\n", "\n");
            return (text.startsWith("\ufeff") ? text.substring(1) : text) + "\n";
        } catch (CharacterCodingException e) {
            throw new Problem(Fault.INVALID_UTF8, "the file is not UTF-8");
        }
    }

    private static ObjectNode yaml(String text) {
        try (var parser = YAML.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem(Fault.BROKEN_FRONT_MATTER, "the front matter is no list of fields");
            }
            var root = JsonNodeFactory.instance.objectNode();
            fill(parser, root, 1);
            return root;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var line = at == null ? "" : " (line " + (at.getLineNr() + 1) + ")";
            throw new Problem(Fault.BROKEN_FRONT_MATTER, "the front matter is not YAML" + line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(YAMLParser parser, ContainerNode<?> into, int depth) throws IOException {
        if (depth > DEPTH) {
            throw new Problem(Fault.TOO_DEEP, "nested deeper than " + DEPTH);
        }
        for (var token = parser.nextToken(); token != null && !token.isStructEnd(); token = parser.nextToken()) {
            if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                throw new Problem(Fault.BROKEN_FRONT_MATTER, "neither anchors nor tags stand in front matter");
            }
            switch (token) {
                case START_OBJECT -> fill(parser, add(parser, into, into.objectNode()), depth + 1);
                case START_ARRAY -> fill(parser, add(parser, into, into.arrayNode()), depth + 1);
                case FIELD_NAME -> unique(parser, into);
                case VALUE_NULL -> add(parser, into, into.nullNode());
                // Jackson's tokens, of which only plain values are left: each is read as it is written
                default -> add(parser, into, TextNode.valueOf(parser.getText()));
            }
        }
    }

    private static void unique(YAMLParser parser, ContainerNode<?> into) throws IOException {
        if (into.has(parser.currentName())) {
            throw new Problem(Fault.DUPLICATE_FIELD, "a field stands there twice in the front matter");
        }
    }

    private static <N extends com.fasterxml.jackson.databind.JsonNode> N add(
            YAMLParser parser, ContainerNode<?> into, N value) throws IOException {
        switch (into) {
            case ObjectNode object -> object.set(parser.currentName(), value);
            case ArrayNode array -> array.add(value);
            default -> throw new IllegalStateException("Jackson has two kinds of containers");
        }
        return value;
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setCodePointLimit(BYTES);
        options.setNestingDepthLimit(DEPTH);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    private Markdown() {}
}
