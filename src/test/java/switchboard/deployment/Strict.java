package switchboard.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether an object is as its kind says: no field too many, none missing, each of its type. Kubernetes' own kinds by the types of
 * its Java client, others' by {@code crds.yaml}.
 */
final class Strict {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Pattern QUANTITY = Pattern.compile("\\d+(\\.\\d+)?(m|k|[KMGT]i?)?");
    private static final Set<String> OF_METADATA = Set.of("apiVersion", "kind", "metadata");
    private static final JsonNode OTHERS = others();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static List<String> faults(Stage stage) {
        return stage.objects().stream()
                .flatMap(it -> faults(it).stream().map(fault -> Stage.called(it) + ": " + fault))
                .toList();
    }

    private static List<String> faults(JsonNode object) {
        var version = Stage.text(object, "/apiVersion");
        var kind = Stage.text(object, "/kind");
        var found = new ArrayList<String>();
        if (OTHERS.has(version + " " + kind)) {
            other(object, OTHERS.get(version + " " + kind), found);
        } else {
            var model = version.substring(version.indexOf('/') + 1);
            model(Character.toUpperCase(model.charAt(0)) + model.substring(1) + kind, object, found);
        }
        return found;
    }

    private static void other(JsonNode object, JsonNode schema, List<String> found) {
        object.fieldNames().forEachRemaining(field -> {
            if (!OF_METADATA.contains(field) && !field.equals("spec")) {
                found.add("unknown field " + field);
            }
        });
        model("V1ObjectMeta", object.path("metadata"), found);
        SCHEMAS.getSchema(schema.toString(), InputFormat.JSON)
                .validate(object.path("spec").toString(), InputFormat.JSON)
                .forEach(error -> found.add(error.toString()));
        embedded(schema, object.path("spec"), found);
    }

    /** What of Kubernetes' types stands in others'. */
    private static void embedded(JsonNode schema, JsonNode value, List<String> found) {
        if (schema.has("x-model") && !value.isMissingNode()) {
            model(schema.get("x-model").asText(), value, found);
        }
        schema.path("properties").properties().forEach(it -> embedded(it.getValue(), value.path(it.getKey()), found));
        value.forEach(item -> {
            if (schema.has("items")) {
                embedded(schema.get("items"), item, found);
            }
        });
    }

    private static void model(String name, JsonNode value, List<String> found) {
        try {
            var type = Class.forName(MODELS + name);
            type.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(value.toString()));
            typed(type, value, name, found);
        } catch (InvocationTargetException e) {
            found.add(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            found.add("there is no kind " + name);
        }
    }

    /** The client's own check looks at names and not at all types. */
    private static void typed(Type type, JsonNode value, String where, List<String> found) {
        if (type instanceof ParameterizedType generic) {
            var of = generic.getActualTypeArguments();
            var container = generic.getRawType() == List.class ? value.isArray() : value.isObject();
            require(container, where, value, found);
            value.forEach(item -> typed(of[of.length - 1], item, where + "[]", found));
        } else if (type instanceof Class<?> plain) {
            if (plain.getName().startsWith(MODELS)) {
                require(value.isObject(), where, value, found);
                value.properties().forEach(it -> field(plain, it.getKey(), it.getValue(), where, found));
            } else {
                require(fits(plain, value), where, value, found);
            }
        }
    }

    private static void field(Class<?> model, String name, JsonNode value, String where, List<String> found) {
        Arrays.stream(model.getDeclaredFields())
                .filter(it -> it.isAnnotationPresent(SerializedName.class))
                .filter(it -> it.getAnnotation(SerializedName.class).value().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        it -> typed(it.getGenericType(), value, where + "." + name, found),
                        () -> found.add(where + " has no " + name));
    }

    private static boolean fits(Class<?> type, JsonNode value) {
        return switch (type.getSimpleName()) {
            case "String", "OffsetDateTime", "byte[]" -> value.isTextual();
            case "Integer", "Long" -> value.isIntegralNumber();
            case "Double" -> value.isNumber();
            case "Boolean" -> value.isBoolean();
            case "IntOrString" -> value.isIntegralNumber() || value.isTextual();
            case "Quantity" -> QUANTITY.matcher(value.asText()).matches();
            case "Object" -> true;
            default -> throw new AssertionError("no check for " + type);
        };
    }

    private static void require(boolean fits, String where, JsonNode value, List<String> found) {
        if (!fits) {
            found.add(where + " is " + value);
        }
    }

    private static JsonNode others() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("src/test/resources/deployment/crds.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Strict() {}
}
