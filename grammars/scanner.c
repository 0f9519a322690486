/**
 * External scanner of Stowplan's extension of tree-sitter-rust.
 *
 * Computes the tokens no regular expression can find: string bodies, floats, nested comments, frontmatter, the separator
 * of a macro repetition, and the contextual keywords.
 *
 * Contextual keywords (`auto`, `safe`, `union`, `default`, `gen`, `raw`, ...) are names unless the next token says otherwise.
 * rustc decides that with one token of look-ahead (`look_ahead(1, ..)` in rustc_parse 1.96); so does this scanner. A word that
 * is not a keyword here is left to the generated lexer, which makes it an `identifier`.
 *
 * Invariants: the first ten tokens keep the order of tree-sitter-rust's `externals`; the only state is the number of `#`
 * that opened the current raw string.
 */
#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

enum TokenType {
    STRING_CONTENT,
    RAW_STRING_LITERAL_START,
    RAW_STRING_LITERAL_CONTENT,
    RAW_STRING_LITERAL_END,
    FLOAT_LITERAL,
    BLOCK_OUTER_DOC_MARKER,
    BLOCK_INNER_DOC_MARKER,
    BLOCK_COMMENT_CONTENT,
    LINE_DOC_CONTENT,
    ERROR_SENTINEL,
    FRONTMATTER,
    REPETITION_SEPARATOR,
    KW_MACRO_RULES,
    KW_ASYNC,
    KW_AUTO,
    KW_AWAIT,
    KW_BREAK_VALUE,
    KW_BUILTIN,
    KW_DEFAULT,
    KW_DYN,
    KW_GEN_BLOCK,
    KW_GEN_FN,
    KW_PIN,
    KW_RAW,
    KW_REUSE,
    KW_SAFE,
    KW_TRY,
    KW_UNION,
};

/** Longest word that matters: `macro_rules`; a longer one is cut and equals no keyword. */
#define WORD_MAX 16

typedef struct {
    uint8_t hashes;
} Scanner;

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

/** Rust's white space (Pattern_White_Space). */
static inline bool is_space(int32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029;
}

static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

/** A character that can start a name; everything beyond ASCII counts, as only names can hold it outside literals. */
static inline bool is_name_start(int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && !is_space(c));
}

static inline bool is_name_continue(int32_t c) { return is_name_start(c) || is_digit(c); }

/** Reads on in a name; `word` has `length` characters of it and gets WORD_MAX - 1 in all, those beyond ASCII as '?'. */
static void read_word_from(TSLexer *lexer, char *word, unsigned length) {
    while (is_name_continue(lexer->lookahead)) {
        if (length < WORD_MAX - 1) {
            word[length++] = lexer->lookahead < 0x80 ? (char)lexer->lookahead : '?';
        }
        advance(lexer);
    }
    word[length] = 0;
}

static void read_word(TSLexer *lexer, char *word) { read_word_from(lexer, word, 0); }

static bool is(const char *word, const char *other) {
    while (*word && *word == *other) {
        word++;
        other++;
    }
    return *word == *other;
}

static bool is_one_of(const char *word, const char *const *list) {
    for (; *list; list++) {
        if (is(word, *list)) {
            return true;
        }
    }
    return false;
}

/** Reads to behind the `*` and `/` that close a comment whose start has been read; nested comments count. */
static void read_block_comment(TSLexer *lexer) {
    unsigned depth = 1;
    while (depth > 0 && !lexer->eof(lexer)) {
        int32_t c = lexer->lookahead;
        advance(lexer);
        if (c == '*' && lexer->lookahead == '/') {
            advance(lexer);
            depth--;
        } else if (c == '/' && lexer->lookahead == '*') {
            advance(lexer);
            depth++;
        }
    }
}

/**
 * Looks for the next token's first character behind white space and comments. A single '/' answers '/', though it has been
 * read by then.
 */
static int32_t peek(TSLexer *lexer) {
    for (;;) {
        while (is_space(lexer->lookahead)) {
            advance(lexer);
        }
        if (lexer->lookahead != '/') {
            return lexer->eof(lexer) ? 0 : lexer->lookahead;
        }
        advance(lexer);
        if (lexer->lookahead == '/') {
            while (lexer->lookahead != '\n' && !lexer->eof(lexer)) {
                advance(lexer);
            }
        } else if (lexer->lookahead == '*') {
            advance(lexer);
            read_block_comment(lexer);
        } else {
            return '/';
        }
    }
}

/** Like `peek`; `word` gets the next token if that is a name or keyword, else it is empty. */
static int32_t peek_word(TSLexer *lexer, char *word) {
    int32_t first = peek(lexer);
    word[0] = 0;
    if (is_name_start(first)) {
        read_word(lexer, word);
    }
    return first;
}

static inline bool accept(TSLexer *lexer, enum TokenType token) {
    lexer->result_symbol = token;
    return true;
}

// Section - contextual keywords

/** rustc's strict and reserved words of all editions: none of them can be the name in `union Name`. */
static const char *const RESERVED[] = {
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "Self", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", NULL,
};

static const char *const AFTER_DEFAULT[] = {
    "async", "const", "extern", "fn", "gen", "impl", "safe", "trait", "type", "unsafe", NULL,
};

static const char *const AFTER_SAFE[] = {"async", "const", "extern", "fn", "gen", "static", "unsafe", NULL};

static const char *const NOT_AFTER_ASYNC[] = {"as", "else", "if", "in", "is", NULL};

static bool word_follows(TSLexer *lexer, const char *const *list) {
    char word[WORD_MAX];
    peek_word(lexer, word);
    return is_one_of(word, list);
}

static bool scan_macro_rules(TSLexer *lexer) {
    if (peek(lexer) != '!') {
        return false;
    }
    advance(lexer);
    lexer->mark_end(lexer);
    return is_name_start(peek(lexer)) && accept(lexer, KW_MACRO_RULES);
}

static bool scan_async(TSLexer *lexer) {
    char word[WORD_MAX];
    int32_t next = peek_word(lexer, word);
    if (next == '{' || next == '|') {
        return accept(lexer, KW_ASYNC);
    }
    return word[0] && !is_one_of(word, NOT_AFTER_ASYNC) && accept(lexer, KW_ASYNC);
}

/** Edition 2015 knows `dyn` as a name as well: `dyn<T>`, or alone. (`dyn::Path` is a name there, a trait object since; the latter is met.) */
static bool scan_dyn(TSLexer *lexer) {
    if (lexer->lookahead == '<') {
        return false;
    }
    int32_t next = peek(lexer);
    if (next == ':') {
        advance(lexer);
        return lexer->lookahead == ':' && accept(lexer, KW_DYN);
    }
    bool starts_bound = is_name_start(next) || next == '<' || next == '(' || next == '[' || next == '\'' || next == '?' || next == '*' ||
                        next == '~' || next == '!';
    return starts_bound && accept(lexer, KW_DYN);
}

static bool scan_gen(TSLexer *lexer, const bool *valid) {
    char word[WORD_MAX];
    int32_t next = peek_word(lexer, word);
    if (next == '{' || next == '|' || is(word, "move") || is(word, "use")) {
        return valid[KW_GEN_BLOCK] && accept(lexer, KW_GEN_BLOCK);
    }
    bool modifier = is(word, "fn") || is(word, "unsafe") || is(word, "extern");
    return modifier && valid[KW_GEN_FN] && accept(lexer, KW_GEN_FN);
}

/** In `for await x in y`; edition 2015 knows `for await in y`. */
static bool scan_for_await(TSLexer *lexer) {
    char word[WORD_MAX];
    int32_t next = peek_word(lexer, word);
    return !is(word, "in") && next != '@' && next != '|' && accept(lexer, KW_AWAIT);
}

static bool mutability_follows(TSLexer *lexer) {
    static const char *const MUTABILITY[] = {"const", "mut", NULL};
    return word_follows(lexer, MUTABILITY);
}

static bool scan_try(TSLexer *lexer) {
    char word[WORD_MAX];
    return (peek_word(lexer, word) == '{' || is(word, "bikeshed")) && accept(lexer, KW_TRY);
}

static bool scan_reuse(TSLexer *lexer) {
    static const char *const PATH_START[] = {"crate", "impl", "self", "Self", "super", NULL};
    char word[WORD_MAX];
    if (peek_word(lexer, word) == '<') {
        return accept(lexer, KW_REUSE);
    }
    return word[0] && (is_one_of(word, PATH_START) || !is_one_of(word, RESERVED)) && accept(lexer, KW_REUSE);
}

static bool scan_union(TSLexer *lexer) {
    char word[WORD_MAX];
    peek_word(lexer, word);
    return word[0] && !is_one_of(word, RESERVED) && accept(lexer, KW_UNION);
}

/**
 * What follows `break` or `break 'label` is its value, not the other operand of an operator: `break [1]`, `break (1)`, `break -1`.
 * A block is left to the grammar, as `while break {}` needs it.
 */
static bool scan_break_value(TSLexer *lexer) {
    int32_t next = peek(lexer);
    if (next == '\'') {
        char label[WORD_MAX];
        advance(lexer);
        read_word(lexer, label);
        next = peek(lexer);
    }
    if (next == '.') {
        advance(lexer);
        return lexer->lookahead == '.' && accept(lexer, KW_BREAK_VALUE);
    }
    bool starts_value = next == '[' || next == '(' || next == '-' || next == '&' || next == '*' || next == '<' || next == '|';
    return starts_value && accept(lexer, KW_BREAK_VALUE);
}

/** Decides whether `word`, just read, is a keyword by what follows it. */
static bool scan_keyword(TSLexer *lexer, const bool *valid, const char *word) {
    static const char *const TRAIT[] = {"trait", NULL};
    if (valid[KW_DEFAULT] && is(word, "default")) {
        return word_follows(lexer, AFTER_DEFAULT) && accept(lexer, KW_DEFAULT);
    }
    if (valid[KW_DYN] && is(word, "dyn")) {
        return scan_dyn(lexer);
    }
    if (valid[KW_UNION] && is(word, "union")) {
        return scan_union(lexer);
    }
    if (valid[KW_SAFE] && is(word, "safe")) {
        return word_follows(lexer, AFTER_SAFE) && accept(lexer, KW_SAFE);
    }
    if (valid[KW_AUTO] && is(word, "auto")) {
        return word_follows(lexer, TRAIT) && accept(lexer, KW_AUTO);
    }
    if (valid[KW_ASYNC] && is(word, "async")) {
        return scan_async(lexer);
    }
    if (valid[KW_AWAIT] && is(word, "await")) {
        return scan_for_await(lexer);
    }
    if (valid[KW_RAW] && is(word, "raw")) {
        return mutability_follows(lexer) && accept(lexer, KW_RAW);
    }
    if (valid[KW_PIN] && is(word, "pin")) {
        return mutability_follows(lexer) && accept(lexer, KW_PIN);
    }
    if (valid[KW_TRY] && is(word, "try")) {
        return scan_try(lexer);
    }
    if (valid[KW_MACRO_RULES] && is(word, "macro_rules")) {
        return scan_macro_rules(lexer);
    }
    if (valid[KW_BREAK_VALUE] && is(word, "break")) {
        return scan_break_value(lexer);
    }
    if (valid[KW_BUILTIN] && is(word, "builtin")) {
        return peek(lexer) == '#' && accept(lexer, KW_BUILTIN);
    }
    if (valid[KW_REUSE] && is(word, "reuse")) {
        return scan_reuse(lexer);
    }
    return (valid[KW_GEN_BLOCK] || valid[KW_GEN_FN]) && is(word, "gen") && scan_gen(lexer, valid);
}

/** Whether a word that starts with `c` can be one this scanner cares about here. */
static bool is_candidate(int32_t c, const bool *valid) {
    switch (c) {
        case 'a': return valid[KW_ASYNC] || valid[KW_AUTO] || valid[KW_AWAIT];
        case 'b': return valid[RAW_STRING_LITERAL_START] || valid[KW_BUILTIN] || valid[KW_BREAK_VALUE];
        case 'c': return valid[RAW_STRING_LITERAL_START];
        case 'd': return valid[KW_DEFAULT] || valid[KW_DYN];
        case 'g': return valid[KW_GEN_BLOCK] || valid[KW_GEN_FN];
        case 'm': return valid[KW_MACRO_RULES];
        case 'p': return valid[KW_PIN];
        case 'r': return valid[RAW_STRING_LITERAL_START] || valid[KW_RAW] || valid[KW_REUSE];
        case 's': return valid[KW_SAFE];
        case 't': return valid[KW_TRY];
        case 'u': return valid[KW_UNION];
        default: return false;
    }
}

/** Whether `c` can follow a candidate's first character: most names need not be read to their end. */
static bool is_second(int32_t first, int32_t c) {
    switch (first) {
        case 'a': return c == 's' || c == 'u' || c == 'w';
        case 'b': return c == 'r' || c == 'u';
        case 'c': return c == 'r';
        case 'd': return c == 'e' || c == 'y';
        case 'g': return c == 'e';
        case 'm': return c == 'a';
        case 'p': return c == 'i';
        case 'r': return c == '"' || c == '#' || c == 'a' || c == 'e';
        case 's': return c == 'a';
        case 't': return c == 'r';
        default: return c == 'n';
    }
}

// Section - literals

static bool scan_string_content(TSLexer *lexer) {
    bool has_content = false;
    while (lexer->lookahead != '"' && lexer->lookahead != '\\') {
        if (lexer->eof(lexer)) {
            return false;
        }
        has_content = true;
        advance(lexer);
    }
    return has_content && accept(lexer, STRING_CONTENT);
}

/** The `r`, `br` or `cr` has been read. */
static bool scan_raw_string_start(Scanner *scanner, TSLexer *lexer) {
    unsigned hashes = 0;
    while (lexer->lookahead == '#') {
        advance(lexer);
        hashes++;
    }
    if (lexer->lookahead != '"' || hashes > UINT8_MAX) {
        return false;
    }
    advance(lexer);
    lexer->mark_end(lexer);
    scanner->hashes = (uint8_t)hashes;
    return accept(lexer, RAW_STRING_LITERAL_START);
}

static bool scan_raw_string_content(Scanner *scanner, TSLexer *lexer) {
    while (!lexer->eof(lexer)) {
        if (lexer->lookahead != '"') {
            advance(lexer);
            continue;
        }
        lexer->mark_end(lexer);
        advance(lexer);
        unsigned hashes = 0;
        while (lexer->lookahead == '#' && hashes < scanner->hashes) {
            advance(lexer);
            hashes++;
        }
        if (hashes == scanner->hashes) {
            return accept(lexer, RAW_STRING_LITERAL_CONTENT);
        }
    }
    return false;
}

/** A literal's suffix is any name: `1.0f64`, `r"x"suffix`. */
static void read_suffix(TSLexer *lexer) {
    if (is_name_start(lexer->lookahead)) {
        char suffix[WORD_MAX];
        read_word(lexer, suffix);
    }
}

static bool scan_raw_string_end(Scanner *scanner, TSLexer *lexer) {
    advance(lexer);
    for (unsigned i = 0; i < scanner->hashes; i++) {
        advance(lexer);
    }
    read_suffix(lexer);
    lexer->mark_end(lexer);
    return accept(lexer, RAW_STRING_LITERAL_END);
}

static void read_digits(TSLexer *lexer) {
    while (is_digit(lexer->lookahead) || lexer->lookahead == '_') {
        advance(lexer);
    }
}

/** Reads `e`, a sign and digits; whether there was a digit. */
static bool read_exponent(TSLexer *lexer) {
    advance(lexer);
    if (lexer->lookahead == '+' || lexer->lookahead == '-') {
        advance(lexer);
    }
    bool has_digit = false;
    while (is_digit(lexer->lookahead) || lexer->lookahead == '_') {
        has_digit = has_digit || lexer->lookahead != '_';
        advance(lexer);
    }
    return has_digit;
}

/** A float has a dot that no name or second dot follows (`1.max(2)` and `0..9` are integers), or an exponent. */
static bool scan_float(TSLexer *lexer) {
    read_digits(lexer);
    bool is_float = false;
    if (lexer->lookahead == '.') {
        advance(lexer);
        if (lexer->lookahead == '.' || is_name_start(lexer->lookahead)) {
            return false;
        }
        read_digits(lexer);
        is_float = true;
        lexer->mark_end(lexer);
    }
    if (lexer->lookahead == 'e' || lexer->lookahead == 'E') {
        if (!read_exponent(lexer)) {
            return is_float && accept(lexer, FLOAT_LITERAL);
        }
        is_float = true;
    }
    if (!is_float) {
        return false;
    }
    read_suffix(lexer);
    lexer->mark_end(lexer);
    return accept(lexer, FLOAT_LITERAL);
}

// Section - comments and frontmatter

static bool scan_line_doc_content(TSLexer *lexer) {
    while (lexer->lookahead != '\n' && !lexer->eof(lexer)) {
        advance(lexer);
    }
    // The line's end belongs to the content: Markdown needs it.
    if (lexer->lookahead == '\n') {
        advance(lexer);
    }
    lexer->mark_end(lexer);
    return accept(lexer, LINE_DOC_CONTENT);
}

/** Reads up to the mark that closes the comment, which is left to the lexer. */
static bool scan_block_comment_content(TSLexer *lexer, bool has_content) {
    unsigned depth = 1;
    while (!lexer->eof(lexer)) {
        int32_t c = lexer->lookahead;
        if (c == '*' && depth == 1) {
            lexer->mark_end(lexer);
        }
        advance(lexer);
        if (c == '*' && lexer->lookahead == '/') {
            if (--depth == 0) {
                return has_content && accept(lexer, BLOCK_COMMENT_CONTENT);
            }
            advance(lexer);
        } else if (c == '/' && lexer->lookahead == '*') {
            advance(lexer);
            depth++;
        }
        has_content = true;
    }
    // An unclosed comment ends with the file.
    lexer->mark_end(lexer);
    return has_content && accept(lexer, BLOCK_COMMENT_CONTENT);
}

/** The comment's first two characters have been read by the lexer. */
static bool scan_block_comment(TSLexer *lexer, const bool *valid) {
    if (valid[BLOCK_INNER_DOC_MARKER] && lexer->lookahead == '!') {
        advance(lexer);
        lexer->mark_end(lexer);
        return accept(lexer, BLOCK_INNER_DOC_MARKER);
    }
    bool has_content = false;
    if (valid[BLOCK_OUTER_DOC_MARKER] && lexer->lookahead == '*') {
        advance(lexer);
        if (lexer->lookahead == '/') {
            return false;
        }
        lexer->mark_end(lexer);
        if (lexer->lookahead != '*') {
            return accept(lexer, BLOCK_OUTER_DOC_MARKER);
        }
        // Three stars or more: an ordinary comment.
        has_content = true;
    }
    return valid[BLOCK_COMMENT_CONTENT] && scan_block_comment_content(lexer, has_content);
}

static unsigned read_dashes(TSLexer *lexer) {
    unsigned count = 0;
    while (lexer->lookahead == '-') {
        advance(lexer);
        count++;
    }
    return count;
}

/** Three or more dashes, lines, and a line that starts with as many dashes (RFC 3503). */
static bool scan_frontmatter(TSLexer *lexer) {
    unsigned opening = read_dashes(lexer);
    if (opening < 3) {
        return false;
    }
    while (!lexer->eof(lexer)) {
        while (lexer->lookahead != '\n' && !lexer->eof(lexer)) {
            advance(lexer);
        }
        advance(lexer);
        if (read_dashes(lexer) == opening) {
            lexer->mark_end(lexer);
            return accept(lexer, FRONTMATTER);
        }
    }
    return false;
}

// Section - macros

static inline bool is_repetition_operator(int32_t c) { return c == '+' || c == '*' || c == '?'; }

static bool is_punctuation(int32_t c) {
    for (const char *mark = "!#%&*+,-./:;<=>@^|~"; *mark; mark++) {
        if (c == *mark) {
            return true;
        }
    }
    return false;
}

/** Reads one punctuation token of Rust, the longest that fits (`=>`, `..=`, `||`, `,`); answers its length. */
static unsigned read_punctuation(TSLexer *lexer) {
    static const char *const LONG[] = {
        "!=", "%=", "&&", "&=", "*=", "+=", "-=", "->", "..", "...", "..=", "/=", "::", "<<", "<<=", "<=", "==", "=>", ">=", ">>", ">>=", "^=",
        "|=", "||", NULL,
    };
    char text[4] = {(char)lexer->lookahead, 0, 0, 0};
    advance(lexer);
    unsigned length = 1;
    for (; length < 3 && is_punctuation(lexer->lookahead); length++) {
        text[length] = (char)lexer->lookahead;
        if (!is_one_of(text, LONG)) {
            break;
        }
        advance(lexer);
    }
    return length;
}

/** In `$( … ) SEPARATOR OPERATOR`, the separator: one token, and only if an operator follows. */
static bool scan_repetition_separator(TSLexer *lexer) {
    if (is_name_continue(lexer->lookahead)) {
        char word[WORD_MAX];
        read_word(lexer, word);
    } else if (is_punctuation(lexer->lookahead)) {
        bool slash = lexer->lookahead == '/';
        bool operator = is_repetition_operator(lexer->lookahead);
        unsigned length = read_punctuation(lexer);
        bool comment = slash && (lexer->lookahead == '/' || lexer->lookahead == '*');
        // A comment is no token, and an operator alone is the repetition's own.
        if (comment || (operator && length == 1)) {
            return false;
        }
    } else {
        return false;
    }
    lexer->mark_end(lexer);
    return is_repetition_operator(peek(lexer)) && accept(lexer, REPETITION_SEPARATOR);
}

// Section - entry points

static bool scan_word(Scanner *scanner, TSLexer *lexer, const bool *valid) {
    char word[WORD_MAX] = {(char)lexer->lookahead};
    advance(lexer);
    if (!is_second(word[0], lexer->lookahead)) {
        return false;
    }
    read_word_from(lexer, word, 1);
    lexer->mark_end(lexer);
    bool quote = lexer->lookahead == '"' || lexer->lookahead == '#';
    if (quote && valid[RAW_STRING_LITERAL_START] && (is(word, "r") || is(word, "br") || is(word, "cr"))) {
        return scan_raw_string_start(scanner, lexer);
    }
    return scan_keyword(lexer, valid, word);
}

void *tree_sitter_rust_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_rust_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_rust_external_scanner_serialize(void *payload, char *buffer) {
    buffer[0] = (char)((Scanner *)payload)->hashes;
    return 1;
}

void tree_sitter_rust_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    ((Scanner *)payload)->hashes = length == 1 ? (uint8_t)buffer[0] : 0;
}

bool tree_sitter_rust_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
    // During error recovery every token is valid: what this scanner finds would be a guess.
    if (valid[ERROR_SENTINEL]) {
        return false;
    }
    Scanner *scanner = (Scanner *)payload;
    if (valid[BLOCK_COMMENT_CONTENT] || valid[BLOCK_INNER_DOC_MARKER] || valid[BLOCK_OUTER_DOC_MARKER]) {
        return scan_block_comment(lexer, valid);
    }
    if (valid[STRING_CONTENT] && !valid[FLOAT_LITERAL]) {
        return scan_string_content(lexer);
    }
    if (valid[LINE_DOC_CONTENT]) {
        return scan_line_doc_content(lexer);
    }
    if (valid[RAW_STRING_LITERAL_CONTENT]) {
        return scan_raw_string_content(scanner, lexer);
    }
    while (is_space(lexer->lookahead)) {
        skip(lexer);
    }
    int32_t c = lexer->lookahead;
    if (valid[REPETITION_SEPARATOR]) {
        return scan_repetition_separator(lexer);
    }
    if (is_candidate(c, valid)) {
        return scan_word(scanner, lexer, valid);
    }
    if (valid[FLOAT_LITERAL] && is_digit(c)) {
        return scan_float(lexer);
    }
    if (valid[RAW_STRING_LITERAL_END] && c == '"') {
        return scan_raw_string_end(scanner, lexer);
    }
    return valid[FRONTMATTER] && c == '-' && scan_frontmatter(lexer);
}
