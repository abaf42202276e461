package dev.flowir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * SQL text cut into statements, as SQLite's own shell would cut it: at semicolons outside of
 * strings, quoted names, comments and trigger bodies.
 *
 * @param statements the statements in order; comments and blanks between them are no statements
 */
public record SqlScript(List<Statement> statements) {

    private static final Set<String> TRANSACTIONAL =
            Set.of(
                    "begin",
                    "commit",
                    "end",
                    "rollback",
                    "savepoint",
                    "release",
                    "attach",
                    "detach",
                    "vacuum");

    /**
     * One statement.
     *
     * @param text its text without the semicolon
     * @param line the line it starts in, from 1
     * @param words its unquoted words and quoted names in order, in lower case; no strings, no
     *     numbers
     */
    public record Statement(String text, int line, List<String> words) {

        /** Copies the list. */
        public Statement {
            words = List.copyOf(words);
        }

        /** {@return the first word, for example {@code select}; empty when it starts with none} */
        public String keyword() {
            return words.isEmpty() ? "" : words.get(0);
        }

        /**
         * Whether it begins or ends a transaction, or cannot be part of one: what has the
         * connection does that itself.
         *
         * @return true for BEGIN, COMMIT, SAVEPOINT and their like, ATTACH, DETACH and VACUUM
         */
        public boolean isTransactional() {
            return TRANSACTIONAL.contains(keyword());
        }
    }

    /** Copies the list. */
    public SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * Cuts {@code text}. Never fails: what is no SQL is left for SQLite to refuse.
     *
     * @param text statements, separated by semicolons
     * @return its statements
     */
    public static SqlScript parse(String text) {
        return new SqlScript(new Cutter(text).cut());
    }

    private static final class Cutter {
        private final String text;
        private final List<Statement> statements = new ArrayList<>();
        private List<String> words = new ArrayList<>();
        private int at;
        private int line = 1;
        private int start = -1;
        private int startLine;
        private int end;
        private boolean afterSemicolon;
        private boolean triggerEnded;

        Cutter(String text) {
            this.text = text;
        }

        List<Statement> cut() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '-' && next() == '-') {
                    skipTo("\n");
                } else if (c == '/' && next() == '*') {
                    skipTo("*/");
                } else if (Character.isWhitespace(c)) {
                    advance();
                } else if (c == ';') {
                    semicolon();
                } else {
                    token(c);
                }
            }
            finish();
            return statements;
        }

        private void semicolon() {
            advance();
            if (inTrigger() && !triggerEnded) {
                afterSemicolon = true;
                end = at;
            } else {
                finish();
            }
        }

        private void token(char c) {
            if (start < 0) {
                start = at;
                startLine = line;
            }
            int from = at;
            if (c == '\'') {
                quoted('\'');
            } else if (c == '"' || c == '`') {
                quoted(c);
                words.add(unquote(from));
            } else if (c == '[') {
                quoted(']');
                words.add(unquote(from));
            } else if (isWord(c)) {
                while (at < text.length() && isWord(text.charAt(at))) {
                    advance();
                }
                if (!Character.isDigit(c)) {
                    words.add(text.substring(from, at).toLowerCase(Locale.ROOT));
                }
            } else {
                advance();
            }
            triggerEnded = afterSemicolon && text.substring(from, at).equalsIgnoreCase("end");
            afterSemicolon = false;
            end = at;
        }

        private void quoted(char close) {
            advance();
            while (at < text.length()) {
                boolean closes = text.charAt(at) == close;
                advance();
                if (closes && (close == ']' || at >= text.length() || text.charAt(at) != close)) {
                    return;
                }
                if (closes) {
                    advance(); // a doubled quote stands for itself
                }
            }
        }

        private String unquote(int from) {
            return text.substring(from + 1, Math.max(from + 1, at - 1)).toLowerCase(Locale.ROOT);
        }

        /** CREATE [TEMP] TRIGGER: its body has semicolons of its own, up to END. */
        private boolean inTrigger() {
            return words.size() > 1
                    && words.get(0).equals("create")
                    && (words.get(1).equals("trigger")
                            || (words.size() > 2
                                    && words.get(1).startsWith("temp")
                                    && words.get(2).equals("trigger")));
        }

        private void finish() {
            if (start >= 0) {
                statements.add(new Statement(text.substring(start, end), startLine, words));
            }
            start = -1;
            words = new ArrayList<>();
            afterSemicolon = false;
            triggerEnded = false;
        }

        private void skipTo(String mark) {
            int found = text.indexOf(mark, at + 2);
            int to = found < 0 ? text.length() : found + mark.length();
            while (at < to) {
                advance();
            }
        }

        private void advance() {
            if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }

        private char next() {
            return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7f;
        }
    }
}
