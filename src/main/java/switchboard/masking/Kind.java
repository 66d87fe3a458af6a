package switchboard.masking;

import java.util.List;
import java.util.Locale;

/** What kind of personal data it is. Of finds of one length the first kind counts. */
public enum Kind {
    /** A link with a name and a password, or with a secret among its parameters. */
    LINK(new Links()),
    EMAIL(new Mails()),
    /** An account, with the right check digits for its country's length. */
    IBAN(new Accounts()),
    /** 12 to 19 digits that begin as a brand's cards do, with the right check digit. */
    CARD(new Cards()),
    /** Of German tax payers: 11 digits with the right check digit. */
    TAX_ID(new TaxIds()),
    IP(new Addresses()),
    /** International, or national as Germans, Britons and Americans write them. */
    PHONE(new Phones());

    /** Finds one kind. */
    @FunctionalInterface
    interface Finder {

        int NOTHING = -1;

        /** Where what begins at {@code from} ends, or {@link #NOTHING}. Looks no further than a bounded number of characters. */
        int end(String text, int from);
    }

    private final Finder finder;

    Kind(Finder finder) {
        this.finder = finder;
    }

    static final List<Kind> ALL = List.of(values());

    /** What stands in its place. */
    public String token() {
        return "<" + name().toLowerCase(Locale.ROOT).replace("_", "") + ">";
    }

    int end(String text, int from) {
        return finder.end(text, from);
    }
}
