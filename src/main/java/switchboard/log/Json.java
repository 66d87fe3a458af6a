package switchboard.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import switchboard.wire.Personal;

/** How contents are written and read. */
public final class Json {

    /**
     * Zero, empty and absent are left out; what is left out reads as zero or empty; what is unknown is ignored, since a
     * newer version may have written it.
     */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
            .withConfigOverride(
                    String.class,
                    o -> o.setInclude(JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                            .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(List.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(
                    Personal.class,
                    o -> o.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .withConfigOverride(
                    Map.class,
                    o -> o.setInclude(JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
                            .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}
}
