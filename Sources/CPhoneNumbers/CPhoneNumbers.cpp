#include "CPhoneNumbers.h"

#include <cstring>
#include <list>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

// The library's own logger writes to standard output, which carries data only.
class Silence : public i18n::phonenumbers::Logger {
public:
    void WriteMessage(const std::string &) override {}
};

const PhoneNumberUtil &numbering() {
    static PhoneNumberUtil *const util = [] {
        PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
        util->SetLogger(new Silence);
        return util;
    }();
    return *util;
}

// The library's word for a code that does not exist and for one that belongs to no country.
constexpr char unknown_region[] = "ZZ";
constexpr char no_country[] = "001";

std::string main_region(int32_t code) {
    std::string region;
    numbering().GetRegionCodeForCountryCode(code, &region);
    return region;
}

// The number with exactly these digits: zeros in front are part of it.
PhoneNumber number(int32_t code, const char *national, int32_t length) {
    int32_t zeros = 0;
    while (zeros < length - 1 && national[zeros] == '0') zeros++;
    PhoneNumber number;
    number.set_country_code(code);
    number.set_national_number(std::stoull(std::string(national, length)));
    if (zeros > 0) {
        number.set_italian_leading_zero(true);
        number.set_number_of_leading_zeros(zeros);
    }
    return number;
}

int32_t copy(const std::string &text, char *output, int32_t capacity) {
    const int32_t size = static_cast<int32_t>(text.size());
    if (size <= capacity) std::memcpy(output, text.data(), text.size());
    return size;
}

// The answer, or `otherwise` if the library throws: no exception may reach Swift.
template <typename Answer, typename Body>
Answer answer(Answer otherwise, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return otherwise;
    }
}

}  // namespace

int32_t cphonenumbers_region_count(int32_t code) {
    return answer(0, [&] {
        std::list<std::string> regions;
        numbering().GetRegionCodesForCountryCallingCode(code, &regions);
        return static_cast<int32_t>(regions.size());
    });
}

int32_t cphonenumbers_country_name(int32_t code, char *output, int32_t capacity) {
    return answer(0, [&] {
        const std::string region = main_region(code);
        if (region == unknown_region || region == no_country) return 0;
        icu::UnicodeString name;
        icu::Locale("", region.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
        std::string text;
        return copy(name.toUTF8String(text), output, capacity);
    });
}

int32_t cphonenumbers_trunk_prefix(int32_t code, char *output, int32_t capacity) {
    return answer(0, [&] {
        const std::string region = main_region(code);
        if (region == unknown_region || region == no_country) return 0;
        std::string prefix;
        numbering().GetNddPrefixForRegion(region, true, &prefix);
        return copy(prefix, output, capacity);
    });
}

int32_t cphonenumbers_formatted(
    int32_t code, const char *national, int32_t length, char *output, int32_t capacity
) {
    return answer(0, [&] {
        std::string text;
        numbering().Format(number(code, national, length), PhoneNumberUtil::INTERNATIONAL, &text);
        return copy(text, output, capacity);
    });
}

int32_t cphonenumbers_dialled(int32_t code, const char *digits, int32_t length, char *output, int32_t capacity) {
    return answer(0, [&] {
        PhoneNumber number;
        const auto error = numbering().Parse(std::string(digits, length), main_region(code), &number);
        if (error != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
        std::string national;
        numbering().GetNationalSignificantNumber(number, &national);
        return copy(std::to_string(number.country_code()) + national, output, capacity);
    });
}

bool cphonenumbers_has_length(int32_t code, int32_t digits) {
    return answer(false, [&] {
        const std::string sample(digits, '1');
        const PhoneNumber probe = number(code, sample.data(), digits);
        const auto length = main_region(code) == no_country
            ? numbering().IsPossibleNumberWithReason(probe)
            : numbering().IsPossibleNumberForTypeWithReason(probe, PhoneNumberUtil::FIXED_LINE_OR_MOBILE);
        return length == PhoneNumberUtil::IS_POSSIBLE;
    });
}

bool cphonenumbers_is_known(int32_t code, const char *national, int32_t length) {
    return answer(false, [&] { return numbering().IsValidNumber(number(code, national, length)); });
}
