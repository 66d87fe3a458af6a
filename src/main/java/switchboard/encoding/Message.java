package switchboard.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** As much of protobuf as it takes to read a large message and to write another: fields in their order, none of them copied. */
final class Message {

    private static final int LONG = 1;
    private static final int BYTES = 2;
    private static final int INT = 5;
    private static final int KIND_BITS = 3;
    private static final int NUMBER_BITS = 7;

    /**
     * Of any kind.
     *
     * @param whole with its head
     * @param content empty where it is a number
     */
    record Field(int number, ByteBuffer whole, ByteBuffer content) {

        String text() {
            return UTF_8.decode(content.duplicate()).toString();
        }
    }

    /** Refused: an {@link IOException} where it is no message. */
    static List<Field> read(ByteBuffer message) throws IOException {
        var rest = message.duplicate();
        var fields = new ArrayList<Field>();
        try {
            while (rest.hasRemaining()) {
                fields.add(next(rest));
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a message that ends too early", e);
        }
        return fields;
    }

    private static Field next(ByteBuffer rest) throws IOException {
        var start = rest.position();
        var head = number(rest);
        var content = ByteBuffer.allocate(0);
        switch ((int) head & (1 << KIND_BITS) - 1) {
            case 0 -> number(rest);
            case LONG -> rest.position(rest.position() + Long.BYTES);
            case INT -> rest.position(rest.position() + Integer.BYTES);
            case BYTES -> {
                var length = (int) number(rest);
                content = rest.slice(rest.position(), length);
                rest.position(rest.position() + length);
            }
            default -> throw new IOException("a field of no kind");
        }
        return new Field((int) (head >>> KIND_BITS), rest.slice(start, rest.position() - start), content);
    }

    private static long number(ByteBuffer rest) {
        var number = 0L;
        for (int bits = 0; ; bits += NUMBER_BITS) {
            var next = rest.get();
            number |= (long) (next & 0x7f) << bits;
            if (next >= 0) {
                return number;
            }
        }
    }

    /** The head of a field whose content has that many bytes. */
    static ByteBuffer head(int number, int length) {
        var head = new ByteArrayOutputStream();
        put(head, (number << KIND_BITS) | BYTES);
        put(head, length);
        return ByteBuffer.wrap(head.toByteArray());
    }

    /** A field that is a number, not below 0. */
    static ByteBuffer number(int number, int value) {
        var field = new ByteArrayOutputStream();
        put(field, number << KIND_BITS);
        put(field, value);
        return ByteBuffer.wrap(field.toByteArray());
    }

    private static void put(ByteArrayOutputStream to, int number) {
        var rest = number;
        while (rest > 0x7f) {
            to.write((rest & 0x7f) | 0x80);
            rest >>>= NUMBER_BITS;
        }
        to.write(rest);
    }

    /** A field that is text. */
    static ByteBuffer text(int number, String text) {
        return field(number, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** A field that is a message of its own. */
    static ByteBuffer message(int number, List<ByteBuffer> fields) {
        return field(number, ByteBuffer.wrap(joined(fields)));
    }

    /** A field of 4 bytes. */
    static ByteBuffer real(int number, float value) {
        var field = ByteBuffer.allocate(1 + Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return field.put((byte) ((number << KIND_BITS) | INT)).putFloat(value).flip();
    }

    /** A field of bytes. */
    static ByteBuffer field(int number, ByteBuffer content) {
        return ByteBuffer.wrap(joined(List.of(head(number, content.remaining()), content)));
    }

    static int length(List<ByteBuffer> parts) {
        return parts.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    static byte[] joined(List<ByteBuffer> parts) {
        var all = ByteBuffer.allocate(length(parts));
        parts.forEach(part -> all.put(part.duplicate()));
        return all.array();
    }

    private Message() {}
}
