/* Shifts the calendar clock of a process by the milliseconds in the file FLOE_CLOCK; its other clocks stay right. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

static const long long *offset_ms(void) {
  static const long long *offset;
  if (offset == NULL) {
    const char *path = getenv("FLOE_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY);
    void *map = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
    static const long long none = 0;
    offset = map == MAP_FAILED ? &none : map;
  }
  return offset;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (real == NULL) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += *offset_ms() / 1000;
  }
  return result;
}
