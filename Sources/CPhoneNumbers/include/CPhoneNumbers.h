// What Beckon needs of libphonenumber, as plain C functions. No logic, no exceptions and no type of the library cross
// this border.
//
// A country code is a number: 91 for India. `national` is the digits behind it. The numbering data are read at the first
// call (5 ms); all functions may be called from several threads at a time.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How many regions share a country code; 0 if there is no such code. Networks that belong to no country count as one.
int32_t cphonenumbers_region_count(int32_t code);

// Each of these writes text in UTF-8 to `output` and returns how many bytes the whole has; when that is more than
// `capacity`, nothing was written. 0 where there is nothing to tell, or where the library reports an error.

// The English name of the main country of a country code.
int32_t cphonenumbers_country_name(int32_t code, char *output, int32_t capacity);
// The digits that are dialled before a number inside the country, such as the 0 of India.
int32_t cphonenumbers_trunk_prefix(int32_t code, char *output, int32_t capacity);
// The number with its plus sign, grouped as in its country.
int32_t cphonenumbers_formatted(
    int32_t code, const char *national, int32_t length, char *output, int32_t capacity
);
// All digits of the number, country code first, that digits mean when they are dialled in the main country of a code.
int32_t cphonenumbers_dialled(int32_t code, const char *digits, int32_t length, char *output, int32_t capacity);

// Whether numbers of subscribers, on a fixed line or mobile, can have so many digits behind the country code; of a code
// that belongs to no country, any numbers.
bool cphonenumbers_has_length(int32_t code, int32_t digits);

// Whether the number lies in a range that the library's release knows as given out.
bool cphonenumbers_is_known(int32_t code, const char *national, int32_t length);

#ifdef __cplusplus
}
#endif
