#define _GNU_SOURCE
#include "CAllocations.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CALLOCATIONS_SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(CALLOCATIONS_SANITIZED)

static _Thread_local bool is_counting;
static _Thread_local size_t count;

static void note(void) {
    if (is_counting) { count++; }
}

// What the test executable defines is used by all libraries that it loads. Each hands on to glibc's own, so that `free`,
// which is not counted, can stay glibc's.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    note();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    note();
    void *block = __libc_memalign(alignment, size);
    if (block == NULL) { return ENOMEM; }
    *memory = block;
    return 0;
}

bool callocations_can_count(void) { return true; }

void callocations_begin(void) {
    count = 0;
    is_counting = true;
}

size_t callocations_end(void) {
    is_counting = false;
    return count;
}

#else

bool callocations_can_count(void) { return false; }
void callocations_begin(void) {}
size_t callocations_end(void) { return 0; }

#endif
