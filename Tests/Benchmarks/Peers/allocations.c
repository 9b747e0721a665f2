// Counts what a program takes from the heap: LD_PRELOAD=allocations.so PROGRAM tells it on stderr at the end.

#include <stdatomic.h>
#include <stddef.h>
#include <errno.h>
#include <stdio.h>

// The GNU C library's own names for its allocator.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static atomic_ulong allocations;

static void count(void) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); }

void *malloc(size_t bytes) { count(); return __libc_malloc(bytes); }
void *calloc(size_t items, size_t bytes) { count(); return __libc_calloc(items, bytes); }
void *realloc(void *old, size_t bytes) { count(); return __libc_realloc(old, bytes); }
void *memalign(size_t alignment, size_t bytes) { count(); return __libc_memalign(alignment, bytes); }
void *aligned_alloc(size_t alignment, size_t bytes) { count(); return __libc_memalign(alignment, bytes); }

int posix_memalign(void **place, size_t alignment, size_t bytes) {
    count();
    *place = __libc_memalign(alignment, bytes);
    return *place ? 0 : ENOMEM;
}

__attribute__((destructor)) static void tell(void) {
    fprintf(stderr, "%lu allocations\n", atomic_load(&allocations));
}
