package org.pyparallel.interpreter.graalpy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;

/// `Utf8` agrees with the strict coders of the JDK, which are slower.
final class Utf8Properties {
  @Property
  void decodesAsTheStrictDecoderDoes(@ForAll byte[] bytes) {
    String expected;
    try {
      expected = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      expected = null;
    }
    assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(expected);
  }

  @Property
  void encodesAsTheStrictEncoderDoes(@ForAll String text) {
    byte[] expected;
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      expected = new byte[encoded.remaining()];
      encoded.get(expected);
    } catch (CharacterCodingException _) {
      expected = null;
    }
    assertThat(Utf8.encode(text, false)).isEqualTo(expected);
    if (expected != null) {
      assertThat(Utf8.decode(expected, 0, expected.length)).isEqualTo(text);
    }
  }

  @Property
  void writesEscapedBytesAsTheyWere(
      @ForAll String before, @ForAll @ByteRange(min = -128, max = -1) byte escaped) {
    String text = "é" + before.replaceAll("[\\uD800-\\uDFFF]", "") + "x";
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] actual = Utf8.encode(text + (char) (0xDC00 + (escaped & 0xFF)), true);
    assertThat(actual).hasSize(plain.length + 1).startsWith(plain).endsWith(escaped);
    assertThat(Utf8.encode(text + '\uD800', true)).isNull();
  }
}
