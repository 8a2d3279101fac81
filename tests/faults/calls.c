/* The interposed calls: each says its name, does what was armed or what was asked, and notes it in the recording. */

#define _GNU_SOURCE
#include "shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The library's own function of that name. */
#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name); \
    ready()

static int refuse(int error)
{
    errno = error;
    return -1;
}

static uint64_t size_of(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 ? (uint64_t)about.st_size : 0;
}

/* A write to a file: beyond its end it needs room, and is called so. */
static ssize_t write_file(int fd, const char *file, const void *octets, size_t length, int64_t at)
{
    bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
    if (recording()) hold();
    uint64_t size = size_of(fd);
    uint64_t offset = appends ? size : at >= 0 ? (uint64_t)at : (uint64_t)lseek64(fd, 0, SEEK_CUR);
    char name[NAME];
    // The page that a kept receipt begins on.
    bool receipt = length > 64 && memmem(octets, length, "%PDF-", 5) != NULL;
    snprintf(name, sizeof name, "%s %s%s", file, offset + length > size ? "grow" : "write", receipt ? " with a receipt" : "");
    int error = before(name);
    ssize_t done = -1;
    bool half = !error && length > 1 && halfway(name);
    if (!error) {
        size_t wanted = half ? length / 2 : length;
        done = at >= 0 ? syscall(SYS_pwrite64, fd, octets, wanted, at) : syscall(SYS_write, fd, octets, wanted);
        error = errno;
        if (done > 0 && recording()) record(WRITTEN, file, offset, octets, done);
    }
    if (half) die();
    if (recording()) release();
    if (done >= 0) after(name);
    else errno = error;
    return done;
}

/* A sending whose name comes late in its octets: what stands before goes out first, so that dying before it is exact. */
static ssize_t send_named(int fd, const void *octets, size_t length, int flags, const char *name, size_t begins)
{
    if (control->action == DIE_BEFORE && begins > 0 && control->skip == 0 && !strcmp(control->point, name))
        syscall(SYS_sendto, fd, octets, begins, flags, NULL, 0);
    int error = before(name);
    if (error) return refuse(error);
    bool half = length > 1 && halfway(name);
    ssize_t done = syscall(SYS_sendto, fd, octets, half ? length / 2 : length, flags | MSG_NOSIGNAL, NULL, 0);
    if (half) die();
    if (done >= 0 && (size_t)done < length) sent(fd, octets, done);
    if (done >= 0) after(name);
    return done;
}

static ssize_t send_any(int fd, const void *octets, size_t length, int flags)
{
    char name[NAME];
    size_t begins;
    if (said(fd, octets, length, name, &begins)) return send_named(fd, octets, length, flags, name, begins);
    ssize_t done = syscall(SYS_sendto, fd, octets, length, flags | MSG_NOSIGNAL, NULL, 0);
    if (done >= 0 && (size_t)done < length) sent(fd, octets, done);
    return done;
}

ssize_t write(int fd, const void *octets, size_t length)
{
    REAL(write);
    char file[NAME - 40];
    if (is_socket(fd)) return send_any(fd, octets, length, 0);
    if (file_of(fd, file, sizeof file)) return write_file(fd, file, octets, length, -1);
    return real(fd, octets, length);
}

ssize_t pwrite64(int fd, const void *octets, size_t length, off64_t at)
{
    REAL(pwrite64);
    char file[NAME - 40];
    if (file_of(fd, file, sizeof file)) return write_file(fd, file, octets, length, at);
    return real(fd, octets, length, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    REAL(writev);
    char file[NAME - 40];
    // A part alone is as good: whoever writes several looks at how much was taken.
    if (count > 0 && is_socket(fd)) return send_any(fd, parts[0].iov_base, parts[0].iov_len, 0);
    if (count > 0 && file_of(fd, file, sizeof file)) return write_file(fd, file, parts[0].iov_base, parts[0].iov_len, -1);
    return real(fd, parts, count);
}

ssize_t send(int fd, const void *octets, size_t length, int flags)
{
    REAL(send);
    return is_socket(fd) ? send_any(fd, octets, length, flags) : real(fd, octets, length, flags);
}

ssize_t recv(int fd, void *octets, size_t length, int flags)
{
    REAL(recv);
    ssize_t got = real(fd, octets, length, flags);
    int error = errno;
    char name[NAME];
    if (got > 0 && is_socket(fd) && heard(fd, octets, got, name)) {
        before(name);
        after(name);
    }
    errno = error;
    return got;
}

ssize_t pread64(int fd, void *octets, size_t length, off64_t at)
{
    REAL(pread64);
    char name[NAME], file[NAME - 40];
    if (!file_of(fd, file, sizeof file)) return real(fd, octets, length, at);
    snprintf(name, sizeof name, "%s read", file);
    int error = before(name);
    if (error) return refuse(error);
    ssize_t got = real(fd, octets, length, at);
    after(name);
    return got;
}

static int sync_file(int fd, int (*real)(int))
{
    char name[NAME], file[NAME - 40];
    if (!file_of(fd, file, sizeof file)) return real(fd);
    snprintf(name, sizeof name, "%s sync", file);
    if (recording()) hold();
    uint64_t reaches = recorded();
    if (recording()) release();
    int error = before(name);
    if (error) return refuse(error);
    struct stat about;
    bool folder = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    // Where it is recorded, the recording is the disk.
    int done = recording() ? 0 : real(fd);
    if (recording()) {
        hold();
        record(folder ? FOLDER_SYNCED : SYNCED, file, reaches, "", 0);
        release();
    }
    if (done == 0) after(name);
    return done;
}

int fsync(int fd)
{
    REAL(fsync);
    return sync_file(fd, real);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    return sync_file(fd, real);
}

int ftruncate64(int fd, off64_t size)
{
    REAL(ftruncate64);
    char name[NAME], file[NAME - 40];
    if (!file_of(fd, file, sizeof file)) return real(fd, size);
    snprintf(name, sizeof name, "%s cut", file);
    int error = before(name);
    if (error) return refuse(error);
    if (recording()) hold();
    int done = real(fd, size);
    if (recording()) {
        if (done == 0) record(CUT, file, size, "", 0);
        release();
    }
    if (done == 0) after(name);
    return done;
}

int unlink(const char *path)
{
    REAL(unlink);
    char name[NAME], file[NAME - 40];
    if (!file_at(AT_FDCWD, path, file, sizeof file)) return real(path);
    snprintf(name, sizeof name, "%s remove", file);
    int error = before(name);
    if (error) return refuse(error);
    if (recording()) hold();
    int done = real(path);
    error = errno;
    if (recording()) {
        if (done == 0) record(REMOVED, file, 0, "", 0);
        release();
    }
    if (done == 0) after(name);
    errno = error;
    return done;
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    char name[NAME], file[NAME - 40], old[NAME - 40];
    if (!file_at(AT_FDCWD, to, file, sizeof file) || !file_at(AT_FDCWD, from, old, sizeof old)) return real(from, to);
    snprintf(name, sizeof name, "%s rename", file);
    int error = before(name);
    if (error) return refuse(error);
    if (recording()) hold();
    int done = real(from, to);
    error = errno;
    if (recording()) {
        if (done == 0) record(RENAMED, old, 0, file, strlen(file));
        release();
    }
    if (done == 0) after(name);
    errno = error;
    return done;
}

/* An opening that may make a file. */
static int open_file(int folder, const char *path, int flags, mode_t mode)
{
    char name[NAME], file[NAME - 40];
    bool ours = file_at(folder, path, file, sizeof file);
    struct stat about;
    bool makes = ours && (flags & O_CREAT) && fstatat(folder, path, &about, 0) != 0;
    bool empties = ours && !makes && (flags & O_TRUNC);
    snprintf(name, sizeof name, "%s make", ours ? file : "");
    int error = makes ? before(name) : 0;
    if (error) return refuse(error);
    if (recording()) hold();
    int fd = syscall(SYS_openat, folder, path, flags, mode);
    error = errno;
    if (recording()) {
        if (fd >= 0 && makes) record(MADE, file, 0, "", 0);
        if (fd >= 0 && empties) record(CUT, file, 0, "", 0);
        release();
    }
    if (makes && fd >= 0) after(name);
    errno = error;
    return fd;
}

static mode_t mode_of(int flags, va_list more)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    ready();
    return open_file(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    ready();
    return open_file(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    REAL(accept4);
    int accepted = real(fd, address, length, flags);
    if (accepted >= 0) socket_accepted(accepted);
    return accepted;
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    REAL(connect);
    struct sockaddr_in other;
    if (address->sa_family == AF_INET && control->redirect_from) {
        memcpy(&other, address, sizeof other);
        if (ntohs(other.sin_port) == control->redirect_from) {
            other.sin_port = htons(control->redirect_to);
            address = (struct sockaddr *)&other;
        }
    }
    socket_connected(fd);
    return real(fd, address, length);
}

int close(int fd)
{
    REAL(close);
    socket_closed(fd);
    return real(fd);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    REAL(clock_gettime);
    int done = real(clock, time);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += control->clock_seconds;
    return done;
}

int gettimeofday(struct timeval *time, void *zone)
{
    REAL(gettimeofday);
    int done = real(time, zone);
    if (done == 0) time->tv_sec += control->clock_seconds;
    return done;
}

time_t time(time_t *where)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
