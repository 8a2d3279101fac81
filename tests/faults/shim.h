/* A shim between the program under test and its C library, preloaded by shim.mjs. It names what the program does, as the
 * kernel sees it, and at a named point ends it, makes it fail, or moves its clock. It can also record what reaches the
 * disk, so that a power cut can be made of the recording at any place. The program itself knows nothing of it. */

#ifndef FARLINE_SHIM_H
#define FARLINE_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { NAME = 120, NAMES = 1000 };

/* What happens at the armed point. */
enum action { NOTHING, DIE_BEFORE, DIE_HALFWAY, DIE_AFTER, FAIL };

/* Shared with the test, which writes all but what is marked. shim.mjs knows the offsets. */
struct control {
    uint32_t action;        /*   0: an `enum action`; written last */
    uint32_t skip;          /*   4: so many more occurrences pass unharmed; counted down here */
    uint32_t error;         /*   8: the errno of FAIL */
    uint32_t lasting;       /*  12: FAIL goes on until it is disarmed; otherwise once */
    uint32_t acted;         /*  16: how often something was done; written here */
    uint32_t names;         /*  20: how many names are known; written here */
    int64_t clock_seconds;  /*  24: added to the wall clock */
    uint16_t redirect_from; /*  32: who connects to this port of the loopback interface … */
    uint16_t redirect_to;   /*  34: … comes to that one */
    uint32_t unused;        /*  36 */
    char point[NAME];       /*  40: the armed point, with * for anything */
    struct {
        char name[NAME];
        uint64_t count;
    } seen[NAMES];          /* 160: every name met, and how often; written here */
};

extern struct control *control;

/* Says that something is about to happen, and obeys what is armed. The answer is the errno to fail with, or 0. */
int before(const char *name);
/* Says that it has happened. */
void after(const char *name);
/* Whether the program is to die in the middle of it: then `die` is called once half is done. */
bool halfway(const char *name);
void die(void) __attribute__((noreturn));

/* The name of an open file below the data folder, or false. */
bool file_of(int fd, char *name, size_t size);
bool file_at(int folder, const char *path, char *name, size_t size);

/* Sockets: what is said on them gives the points their names. */
void socket_accepted(int fd);
void socket_connected(int fd);
void socket_closed(int fd);
bool is_socket(int fd);
/* The name of a sending, and where in the octets the named part begins. False when it has no name. */
bool said(int fd, const unsigned char *octets, size_t length, char *name, size_t *begins);
/* Fewer octets were taken than were given. */
void sent(int fd, const unsigned char *octets, size_t length);
bool heard(int fd, const unsigned char *octets, size_t length, char *name);

/* The recording of the disk. The operations on files are done while it is held, so that its order is theirs. */
enum record { MADE = 1, WRITTEN, CUT, SYNCED, REMOVED, RENAMED, FOLDER_SYNCED };
bool recording(void);
void hold(void);
void release(void);
uint64_t recorded(void);
void record(enum record what, const char *name, uint64_t offset, const void *octets, uint64_t length);

/* Starts everything; every interposed call does it first. */
void ready(void);

#endif
