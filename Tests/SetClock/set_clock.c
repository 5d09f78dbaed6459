/* A wall clock that somebody sets while a program runs: preloaded, it adds the seconds that the file AQI_CLOCK_OFFSET holds to
   CLOCK_REALTIME and leaves all other clocks and every timer alone. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    long status = syscall(SYS_clock_gettime, clock, time);
    const char *path = getenv("AQI_CLOCK_OFFSET");
    if (status || clock != CLOCK_REALTIME || !path) return (int)status;
    char text[24] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        if (read(file, text, sizeof text - 1) > 0) time->tv_sec += atol(text);
        close(file);
    }
    return 0;
}
