package switchboard.masking;

import java.util.List;
import java.util.Locale;

/** What kind of personal data it is. Of finds of one length the first kind counts. */
public enum Kind {
    /** A link with a name and a password, or with a secret among its parameters. */
    LINK,
    EMAIL,
    /** An account, with the right check digits for its country's length. */
    IBAN,
    /** 12 to 19 digits that begin as a brand's cards do, with the right check digit. */
    CARD,
    /** Of German tax payers: 11 digits with the right check digit. */
    TAX_ID,
    IP,
    /** International, or national as Germans, Britons and Americans write them. */
    PHONE;

    /** Finds one kind. */
    @FunctionalInterface
    interface Finder {

        int NOTHING = -1;

        /** Where what begins at {@code from} ends, or {@link #NOTHING}. Looks no further than a bounded number of characters. */
        int end(String text, int from);
    }

    static final List<Kind> ALL = List.of(values());

    /** What stands in its place. */
    public String token() {
        return "<" + name().toLowerCase(Locale.ROOT).replace("_", "") + ">";
    }

    int end(String text, int from) {
        return finder().end(text, from);
    }

    private Finder finder() {
        return switch (this) {
            case LINK -> new Links();
            case EMAIL -> new Mails();
            case IBAN -> new Accounts();
            case CARD -> new Cards();
            case TAX_ID -> new TaxIds();
            case IP -> new Addresses();
            case PHONE -> new Phones();
        };
    }
}
