// What Beckon needs of ICU, as plain C functions. No logic, no exceptions, no ICU type and no version suffix cross this
// border.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Each of these writes the converted form of `length` bytes of UTF-8 to `output` and returns how many bytes the whole
// form has; when that is more than `capacity`, what was written is of no use. -1 when ICU reports an error.
int32_t cicu_nfkc_casefold(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity);
int32_t cicu_nfd(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity);
int32_t cicu_fold_case(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity);

// The version of Unicode: the major number times 256, and the minor one.
int32_t cicu_unicode_version(void);

// Whether NFKC_Casefold treats what stands before this scalar apart from what begins with it, in every context.
bool cicu_has_nfkc_casefold_boundary_before(uint32_t scalar);

// The general category as a bit, to be compared with the masks.
uint32_t cicu_category_bit(uint32_t scalar);
enum {
    cicu_category_letter = 0x3E,
    cicu_category_mark = 0x1C0,
    cicu_category_nonspacing_mark = 0x40,
    cicu_category_enclosing_mark = 0x80,
    cicu_category_decimal = 0x200,
    cicu_category_number = 0xE00,
    cicu_category_format = 0x10000,
    cicu_category_punctuation = 0x30F80000,
};

bool cicu_is_default_ignorable(uint32_t scalar);
bool cicu_is_diacritic(uint32_t scalar);
bool cicu_is_alphabetic(uint32_t scalar);
bool cicu_is_dash(uint32_t scalar);
bool cicu_is_white_space(uint32_t scalar);

// The value of a decimal digit of any script; -1 for everything else.
int32_t cicu_decimal_value(uint32_t scalar);

// The canonical combining class: 0 for what is never put into another order.
uint8_t cicu_combining_class(uint32_t scalar);

// Writes the full canonical decomposition of a scalar and returns how many scalars it has; 0 when there is none. The
// longest has four.
int32_t cicu_canonical_decomposition(uint32_t scalar, uint32_t *output, int32_t capacity);

// The Script property: Common and Inherited are scripts too.
int32_t cicu_script(uint32_t scalar);

// The long name of a script in ASCII, which lives as long as the process.
const char *cicu_script_name(int32_t script);

// The script of a long or short name, loosely compared as in regexes; -1 when there is none.
int32_t cicu_script_named(const char *name);

// Whether the letters of the script come in two cases.
bool cicu_is_cased_script(int32_t script);

// Whether the script, or one of the script extensions, is the given one.
bool cicu_has_script(uint32_t scalar, int32_t script);
enum {
    cicu_script_arabic = 2,
    cicu_script_han = 17,
    cicu_script_hebrew = 19,
    cicu_script_hiragana = 20,
    cicu_script_katakana = 22,
    cicu_script_khmer = 23,
    cicu_script_lao = 24,
    cicu_script_myanmar = 28,
    cicu_script_syriac = 34,
    cicu_script_thai = 38,
};

#ifdef __cplusplus
}
#endif
