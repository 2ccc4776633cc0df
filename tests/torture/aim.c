// SPDX-License-Identifier: Apache-2.0
// Stands between a program and the C library (LD_PRELOAD): at the n-th call that changes a file the process dies, or
// the call fails as on a broken or full disk. What is aimed at stands in a file (see aim.py), which is looked at anew at
// every call, so that whoever drives the process may aim at any time. The file is in effect one line:
//
//     PROCESS CALLS AFTER ERROR TIMES FOLDER
//
// PROCESS is a name, or "*" for all. CALLS are separated by commas. ERROR is an errno, 0 to write fewer bytes than was
// asked for, and -1 to die. Other calls than these, by other processes or on files outside of FOLDER, are not counted.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

enum { PASSES = -1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct timespec stamp;
static int is_aimed;
static char process[64], calls[128], folder[PATH_MAX];
static long after, error_number, times, counted, failed;

static int look(const char *file) {
    struct stat found;
    if (stat(file, &found) != 0) {
        return is_aimed = 0;
    }
    if (is_aimed && found.st_mtim.tv_sec == stamp.tv_sec && found.st_mtim.tv_nsec == stamp.tv_nsec) {
        return 1;
    }
    char text[PATH_MAX + 256] = "";
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return is_aimed = 0;
    }
    long length = syscall(SYS_read, descriptor, text, sizeof text - 1);
    syscall(SYS_close, descriptor);
    is_aimed = length > 0 && sscanf(text, "%63s %127s %ld %ld %ld %4095[^\n]", process, calls, &after, &error_number,
                                    &times, folder) == 6;
    stamp = found.st_mtim;
    counted = failed = 0;
    return is_aimed;
}

static int is_meant(const char *call, int descriptor, const char *path) {
    const char *mine = getenv("TORTURE_PROCESS");
    if (mine == NULL || (strcmp(process, "*") != 0 && strcmp(mine, process) != 0)) {
        return 0;
    }
    char wanted[160], name[32];
    snprintf(wanted, sizeof wanted, ",%s,", calls);
    snprintf(name, sizeof name, ",%s,", call);
    if (strstr(wanted, name) == NULL) {
        return 0;
    }
    char link[64], where[PATH_MAX] = "";
    if (path == NULL) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        path = readlink(link, where, sizeof where - 1) > 0 ? where : "";
    }
    return strncmp(path, folder, strlen(folder)) == 0;
}

// What becomes of a call: PASSES, 0 (it is to be shortened), or its errno. It may not come back.
static int fate(const char *call, int descriptor, const char *path) {
    const char *file = getenv("TORTURE_AIM");
    if (file == NULL) {
        return PASSES;
    }
    int before = errno, outcome = PASSES;
    pthread_mutex_lock(&lock);
    if (look(file) && is_meant(call, descriptor, path) && ++counted > after) {
        if (error_number < 0) {
            if (syscall(SYS_unlinkat, AT_FDCWD, file, 0) == 0) {  // once, and not the process in its place
                kill(getpid(), SIGKILL);
            }
        } else if (times == 0 || failed < times) {
            failed++;
            outcome = (int)error_number;
        }
    }
    pthread_mutex_unlock(&lock);
    errno = before;
    return outcome;
}

#define FAILS(call, descriptor, path)                  \
    int becomes = fate(call, descriptor, path);        \
    if (becomes > 0) {                                 \
        errno = becomes;                               \
        return -1;                                     \
    }

#define SHORTENED(count) (becomes == 0 && (count) > 1 ? (count) / 2 : (count))

ssize_t write(int fd, const void *data, size_t count) {
    REAL(write);
    FAILS("write", fd, NULL)
    return real(fd, data, SHORTENED(count));
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset) {
    REAL(pwrite);
    FAILS("pwrite", fd, NULL)
    return real(fd, data, SHORTENED(count), offset);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset) {
    REAL(pwrite64);
    FAILS("pwrite", fd, NULL)
    return real(fd, data, SHORTENED(count), offset);
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    FAILS("ftruncate", fd, NULL)
    return real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    FAILS("ftruncate", fd, NULL)
    return real(fd, length);
}

int fsync(int fd) {
    REAL(fsync);
    FAILS("fsync", fd, NULL)
    return real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    FAILS("fsync", fd, NULL)
    return real(fd);
}

int unlink(const char *path) {
    REAL(unlink);
    FAILS("unlink", -1, path)
    return real(path);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    FAILS("rename", -1, to)
    return real(from, to);
}

int link(const char *from, const char *to) {
    REAL(link);
    FAILS("link", -1, to)
    return real(from, to);
}

// Files that are opened only to be read are nothing to aim at.
#define OPENS(name, given)                                         \
    mode_t mode = 0;                                               \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                    \
        va_list more;                                              \
        va_start(more, flags);                                     \
        mode = (mode_t)va_arg(more, int);                          \
        va_end(more);                                              \
    }                                                              \
    REAL(name);                                                    \
    if ((flags & (O_WRONLY | O_RDWR)) != 0) {                      \
        FAILS("open", -1, path)                                    \
    }                                                              \
    return real given;

int open(const char *path, int flags, ...) { OPENS(open, (path, flags, mode)) }

int open64(const char *path, int flags, ...) { OPENS(open64, (path, flags, mode)) }

int openat(int at, const char *path, int flags, ...) { OPENS(openat, (at, path, flags, mode)) }

int openat64(int at, const char *path, int flags, ...) { OPENS(openat64, (at, path, flags, mode)) }
