package dev.turso.sql.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static List<String> cut(String text) {
    Tokenizer tokenizer = new Tokenizer(text, 0);
    List<String> tokens = new ArrayList<>();
    for (Token t = tokenizer.next(); t != Token.END_OF_INPUT; t = tokenizer.next()) {
      tokens.add(t + ":" + text.substring(tokenizer.start(), tokenizer.end()));
    }
    return tokens;
  }

  @Test
  void everyKeywordIsFoundInAnyCaseAndOnlyWhole() {
    for (Token token : Token.values()) {
      if (token.isKeyword()) {
        String name = token.name();
        String mixed = name.substring(0, 1).toLowerCase() + name.substring(1);
        assertThat(cut(name)).containsExactly(token + ":" + name);
        assertThat(cut(mixed)).containsExactly(token + ":" + mixed);
        assertThat(cut(name + "1")).containsExactly("ID:" + name + "1");
        assertThat(cut(name + "x")).containsExactly("ID:" + name + "x");
        assertThat(cut("\"" + name + "\"")).containsExactly("ID:\"" + name + "\"");
      }
    }
    assertThat(cut("temporary")).containsExactly("TEMP:temporary");
  }

  @Test
  void operatorsAreAsLongAsPossible() {
    assertThat(cut("-> ->> - || | << <= <> < >> >= > == = != ~ % & + * /"))
        .containsExactly(
            "ARROW:->",
            "DOUBLE_ARROW:->>",
            "MINUS:-",
            "CONCAT:||",
            "BIT_OR:|",
            "SHIFT_LEFT:<<",
            "LESS_OR_EQUAL:<=",
            "NOT_EQUAL:<>",
            "LESS:<",
            "SHIFT_RIGHT:>>",
            "GREATER_OR_EQUAL:>=",
            "GREATER:>",
            "EQUAL:==",
            "EQUAL:=",
            "NOT_EQUAL:!=",
            "TILDE:~",
            "PERCENT:%",
            "BIT_AND:&",
            "PLUS:+",
            "STAR:*",
            "SLASH:/");
  }

  @Test
  void numbersEndWhereNoDigitMayFollow() {
    assertThat(cut("1 1.5 .5 1. 1e5 1.e+5 0x1F 1_000 0x1_F"))
        .containsExactly(
            "INTEGER:1",
            "REAL:1.5",
            "REAL:.5",
            "REAL:1.",
            "REAL:1e5",
            "REAL:1.e+5",
            "INTEGER:0x1F",
            "SEPARATED_NUMBER:1_000",
            "SEPARATED_NUMBER:0x1_F");
    assertThat(cut("12abc 0x 1e 1.a 1e+"))
        .containsExactly(
            "ILLEGAL:12abc", "ILLEGAL:0x", "ILLEGAL:1e", "ILLEGAL:1.a", "ILLEGAL:1e", "PLUS:+");
    assertThat(cut("a.1")).containsExactly("ID:a", "REAL:.1");
  }

  @Test
  void quotesAreDoubledInsideAndMustEnd() {
    assertThat(cut("'a''b' \"a\"\"b\" `a``b` [a]b]"))
        .containsExactly(
            "STRING:'a''b'", "ID:\"a\"\"b\"", "ID:`a``b`", "ID:[a]", "ID:b", "ILLEGAL:]");
    assertThat(cut("'a")).containsExactly("ILLEGAL:'a");
    assertThat(cut("[a")).containsExactly("ILLEGAL:[a");
  }

  @Test
  void blobsHaveAnEvenNumberOfHexDigits() {
    assertThat(cut("x'' X'aB' x'a' x'zz' x"))
        .containsExactly("BLOB:x''", "BLOB:X'aB'", "ILLEGAL:x'a'", "ILLEGAL:x'zz'", "ID:x");
  }

  @Test
  void commentsAreSpaceAlsoUnterminated() {
    assertThat(cut("a -- b\nc /* d\n * / */ e /* f")).containsExactly("ID:a", "ID:c", "ID:e");
    assertThat(cut("a /*")).containsExactly("ID:a", "SLASH:/", "STAR:*");
    assertThat(cut("a --")).containsExactly("ID:a");
  }

  @Test
  void variablesHaveNames() {
    assertThat(cut("? ?12 :a @b1 $c::d $e(f) #1"))
        .containsExactly(
            "VARIABLE:?",
            "VARIABLE:?12",
            "VARIABLE::a",
            "VARIABLE:@b1",
            "VARIABLE:$c::d",
            "VARIABLE:$e(f)",
            "VARIABLE:#1");
    assertThat(cut(": @ $a(b c)"))
        .containsExactly("ILLEGAL::", "ILLEGAL:@", "ILLEGAL:$a(b", "ID:c", "RIGHT_PAREN:)");
  }

  @Test
  void anythingBeyondAsciiIsALetter() {
    assertThat(cut("größe $ä \uD83D\uDE00"))
        .containsExactly("ID:größe", "VARIABLE:$ä", "ID:\uD83D\uDE00");
  }

  @Test
  void aNulCharacterEndsTheText() {
    assertThat(cut("a\0b")).containsExactly("ID:a");
  }
}
