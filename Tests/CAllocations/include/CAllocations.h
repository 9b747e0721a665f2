#pragma once

#include <stdbool.h>
#include <stddef.h>

// Whether allocations can be counted here: with glibc, and where no sanitizer has taken the place of malloc.
bool callocations_can_count(void);

// Begins to count what the calling thread allocates, from 0 on.
void callocations_begin(void);

// Ends that, and returns how often the thread asked for memory since.
size_t callocations_end(void);
