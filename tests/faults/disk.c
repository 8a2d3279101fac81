/* The recording: every change of the files below the data folder in the order in which it happened, and every flush with
 * the place in the recording from which on it promises nothing. power.mjs makes power cuts of it. */

#define _GNU_SOURCE
#include "shim.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd = -1;
static uint64_t position;
static pthread_once_t opening = PTHREAD_ONCE_INIT;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static void open_log(void)
{
    const char *folder = getenv("FARLINE_FAULTS"), *wanted = getenv("FARLINE_FAULTS_DISK");
    if (!folder || !wanted) return;
    char path[1100];
    snprintf(path, sizeof path, "%s/disk", folder);
    log_fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat about;
    if (log_fd >= 0 && fstat(log_fd, &about) == 0) position = about.st_size;
}

bool recording(void)
{
    pthread_once(&opening, open_log);
    return log_fd >= 0;
}

void hold(void) { pthread_mutex_lock(&order); }
void release(void) { pthread_mutex_unlock(&order); }
uint64_t recorded(void) { return position; }

/* A record: its kind, the lengths of name and octets, an offset (of SYNCED the place up to which it reaches); then both.
 * In one write, so that a kill leaves whole records and at most one torn one. */
void record(enum record what, const char *name, uint64_t offset, const void *octets, uint64_t length)
{
    struct __attribute__((packed)) {
        uint32_t what, name;
        uint64_t offset, length;
    } head = {what, strlen(name), offset, length};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)name, head.name}, {(void *)octets, length}};
    ssize_t written = syscall(SYS_writev, log_fd, parts, 3);
    if (written != (ssize_t)(sizeof head + head.name + length)) die();
    position += written;
}
