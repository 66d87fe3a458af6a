package switchboard.deciding;

/**
 * What is wrong at one place of a policy.
 *
 * @param code broken_json, too_large, missing_field, unknown_field, wrong_type, out_of_bounds, invalid_value
 * @param pointer RFC 6901; empty for all of it
 */
public record PolicyFault(String code, String pointer) {}
