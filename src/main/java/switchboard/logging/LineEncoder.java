package switchboard.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * The log's lines. Logback's own JSON repeats the whole context in every line, counts time in two numbers and makes an object of
 * each frame of a stack: collectors would have to put together what is one text here.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final PatternLayout text = new PatternLayout();

    /** What it came from first: of a deep stack the end is cut off. */
    private final RootCauseFirstThrowableProxyConverter causes = new RootCauseFirstThrowableProxyConverter();

    private Format format = Format.TEXT;

    /** From {@code logback.xml}: text for what is unknown, since somebody has to be told. */
    public void setFormat(String name) {
        format = Format.named(name).orElse(Format.TEXT);
    }

    /** Of a line of text. */
    public void setPattern(String pattern) {
        text.setPattern(pattern);
    }

    @Override
    public void start() {
        text.setContext(getContext());
        text.start();
        causes.setContext(getContext());
        causes.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return switch (format) {
            case TEXT -> text.doLayout(event).getBytes(UTF_8);
            case JSON -> json(event).getBytes(UTF_8);
        };
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private String json(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return JsonLine.of(
                event.getInstant(),
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getThreadName(),
                String.valueOf(event.getFormattedMessage()),
                thrown == null ? "" : causes.convert(event),
                event.getMDCPropertyMap());
    }
}
