/* Points: their names, how often they were met, and what is done at the one that is armed. */

#define _GNU_SOURCE
#include "shim.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct control *control;
static char data[1024];
static size_t data_length;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t naming = PTHREAD_MUTEX_INITIALIZER;

static void start(void)
{
    static struct control nowhere;
    const char *folder = getenv("FARLINE_FAULTS"), *below = getenv("FARLINE_FAULTS_DATA");
    control = &nowhere;
    if (!folder || !below) return;
    char path[1100];
    snprintf(path, sizeof path, "%s/control", folder);
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (shared == MAP_FAILED) return;
    snprintf(data, sizeof data, "%s/", below);
    data_length = strlen(data);
    control = shared;
}

void ready(void)
{
    pthread_once(&once, start);
}

void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts an occurrence. */
static void note(const char *name)
{
    pthread_mutex_lock(&naming);
    uint32_t at = 0;
    while (at < control->names && strncmp(control->seen[at].name, name, NAME)) at++;
    if (at < NAMES) {
        if (at == control->names) {
            snprintf(control->seen[at].name, NAME, "%s", name);
            control->names++;
        }
        control->seen[at].count++;
    }
    pthread_mutex_unlock(&naming);
}

/* Whether the armed action is this one, at this point, and its turn has come. */
static bool is_due(enum action action, const char *name)
{
    if (__atomic_load_n(&control->action, __ATOMIC_ACQUIRE) != action) return false;
    if (fnmatch(control->point, name, 0)) return false;
    pthread_mutex_lock(&naming);
    bool due = control->action == action && control->skip == 0;
    if (due) {
        control->acted++;
        if (action != FAIL || !control->lasting) control->action = NOTHING;
    } else if (control->skip > 0) {
        control->skip--;
    }
    pthread_mutex_unlock(&naming);
    return due;
}

int before(const char *name)
{
    note(name);
    if (control->action == NOTHING) return 0;
    if (is_due(DIE_BEFORE, name)) die();
    return is_due(FAIL, name) ? (int)control->error : 0;
}

bool halfway(const char *name)
{
    return is_due(DIE_HALFWAY, name);
}

void after(const char *name)
{
    if (is_due(DIE_AFTER, name)) die();
}

static bool below_data(const char *path, char *name, size_t size)
{
    if (!data_length || strncmp(path, data, data_length)) return false;
    snprintf(name, size, "%s", path + data_length);
    return !strstr(name, " (deleted)");
}

bool file_of(int fd, char *name, size_t size)
{
    char link[40], path[1100];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = 0;
    if (data_length && (size_t)length == data_length - 1 && !strncmp(path, data, length)) {
        snprintf(name, size, ".");
        return true;
    }
    return below_data(path, name, size);
}

bool file_at(int folder, const char *path, char *name, size_t size)
{
    return folder == AT_FDCWD && path && below_data(path, name, size);
}
