#include "CICU.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

// The header repeats ICU's stable numbers so that it needs no ICU header; these hold it to them.
static_assert(cicu_category_letter == U_GC_L_MASK, "");
static_assert(cicu_category_mark == U_GC_M_MASK, "");
static_assert(cicu_category_nonspacing_mark == U_GC_MN_MASK, "");
static_assert(cicu_category_enclosing_mark == U_GC_ME_MASK, "");
static_assert(cicu_category_decimal == U_GC_ND_MASK, "");
static_assert(cicu_category_number == U_GC_N_MASK, "");
static_assert(cicu_category_format == U_GC_CF_MASK, "");
static_assert(cicu_category_punctuation == U_GC_P_MASK, "");
static_assert(static_cast<int>(cicu_script_arabic) == static_cast<int>(USCRIPT_ARABIC), "");
static_assert(static_cast<int>(cicu_script_han) == static_cast<int>(USCRIPT_HAN), "");
static_assert(static_cast<int>(cicu_script_hebrew) == static_cast<int>(USCRIPT_HEBREW), "");
static_assert(static_cast<int>(cicu_script_hiragana) == static_cast<int>(USCRIPT_HIRAGANA), "");
static_assert(static_cast<int>(cicu_script_katakana) == static_cast<int>(USCRIPT_KATAKANA), "");
static_assert(static_cast<int>(cicu_script_khmer) == static_cast<int>(USCRIPT_KHMER), "");
static_assert(static_cast<int>(cicu_script_lao) == static_cast<int>(USCRIPT_LAO), "");
static_assert(static_cast<int>(cicu_script_myanmar) == static_cast<int>(USCRIPT_MYANMAR), "");
static_assert(static_cast<int>(cicu_script_syriac) == static_cast<int>(USCRIPT_SYRIAC), "");
static_assert(static_cast<int>(cicu_script_thai) == static_cast<int>(USCRIPT_THAI), "");

namespace {

icu::StringPiece piece(const uint8_t *text, int32_t length) {
    return icu::StringPiece(reinterpret_cast<const char *>(text), length);
}

int32_t normalize(
    const icu::Normalizer2 *normalizer, UErrorCode status, const uint8_t *text, int32_t length, uint8_t *output,
    int32_t capacity
) {
    if (U_FAILURE(status)) return -1;
    icu::CheckedArrayByteSink sink(reinterpret_cast<char *>(output), capacity);
    normalizer->normalizeUTF8(0, piece(text, length), sink, nullptr, status);
    return U_FAILURE(status) ? -1 : sink.NumberOfBytesAppended();
}

}  // namespace

int32_t cicu_nfkc_casefold(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return normalize(normalizer, status, text, length, output, capacity);
}

int32_t cicu_nfd(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *normalizer = icu::Normalizer2::getNFDInstance(status);
    return normalize(normalizer, status, text, length, output, capacity);
}

int32_t cicu_fold_case(const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    icu::CheckedArrayByteSink sink(reinterpret_cast<char *>(output), capacity);
    icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, piece(text, length), sink, nullptr, status);
    return U_FAILURE(status) ? -1 : sink.NumberOfBytesAppended();
}

int32_t cicu_unicode_version(void) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    return version[0] * 256 + version[1];
}

bool cicu_has_nfkc_casefold_boundary_before(uint32_t scalar) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) && normalizer->hasBoundaryBefore(static_cast<UChar32>(scalar));
}

uint32_t cicu_category_bit(uint32_t scalar) {
    return U_MASK(u_charType(static_cast<UChar32>(scalar)));
}

bool cicu_is_default_ignorable(uint32_t scalar) {
    return u_hasBinaryProperty(static_cast<UChar32>(scalar), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool cicu_is_diacritic(uint32_t scalar) {
    return u_hasBinaryProperty(static_cast<UChar32>(scalar), UCHAR_DIACRITIC);
}

bool cicu_is_alphabetic(uint32_t scalar) {
    return u_hasBinaryProperty(static_cast<UChar32>(scalar), UCHAR_ALPHABETIC);
}

bool cicu_is_dash(uint32_t scalar) {
    return u_hasBinaryProperty(static_cast<UChar32>(scalar), UCHAR_DASH);
}

bool cicu_is_white_space(uint32_t scalar) {
    return u_isUWhiteSpace(static_cast<UChar32>(scalar));
}

int32_t cicu_decimal_value(uint32_t scalar) {
    return u_charDigitValue(static_cast<UChar32>(scalar));
}

uint8_t cicu_combining_class(uint32_t scalar) {
    return u_getCombiningClass(static_cast<UChar32>(scalar));
}

int32_t cicu_canonical_decomposition(uint32_t scalar, uint32_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *normalizer = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString parts;
    if (U_FAILURE(status) || !normalizer->getDecomposition(static_cast<UChar32>(scalar), parts)) return 0;
    int32_t count = 0;
    for (int32_t index = 0; index < parts.length() && count < capacity; index = parts.moveIndex32(index, 1)) {
        output[count++] = static_cast<uint32_t>(parts.char32At(index));
    }
    return count;
}

int32_t cicu_script(uint32_t scalar) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(scalar), &status);
}

const char *cicu_script_name(int32_t script) {
    return uscript_getName(static_cast<UScriptCode>(script));
}

int32_t cicu_script_named(const char *name) {
    return u_getPropertyValueEnum(UCHAR_SCRIPT, name);
}

bool cicu_is_cased_script(int32_t script) {
    return uscript_isCased(static_cast<UScriptCode>(script));
}

bool cicu_has_script(uint32_t scalar, int32_t script) {
    return uscript_hasScript(static_cast<UChar32>(scalar), static_cast<UScriptCode>(script));
}
