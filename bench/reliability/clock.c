/* A clock that is stepped: CLOCK_REALTIME of one process, by as many seconds as the file in STEPPED says. The monotonic
 * clock goes on, as it does when a machine's clock is set. Loaded before a program with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long step(void) {
    static volatile long *told;
    if (!told) {
        const char *file = getenv("STEPPED");
        int opened = file ? open(file, O_RDONLY) : -1;
        void *mapped = opened < 0 ? MAP_FAILED : mmap(0, sizeof(long), PROT_READ, MAP_SHARED, opened, 0);
        static long none;
        told = mapped == MAP_FAILED ? &none : mapped;
        if (opened >= 0) close(opened);
    }
    return *told;
}

int clock_gettime(clockid_t which, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(which, at);
    if (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE) at->tv_sec += step();
    return done;
}

int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
