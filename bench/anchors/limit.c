/* The physical limit: every line that comes in on PORT+1 is made a frame once and sent to each socket of PORT, one
 * send() each. It checks nothing and knows nothing.
 *
 *   cc -O2 -o limit limit.c && ./limit PORT [merge]
 *
 * With `merge` what has piled up while it was sending leaves in one send(), as frames of their own one after the other:
 * what is physically possible for who merges.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536
enum kind { NONE, DOOR, WIRE, LINES, GUEST, LISTENER };

static enum kind kinds[MOST];
static int listeners[MOST], listening, epoll;
static char line[1 << 20], frames[2 << 20];
static size_t held, framed;
static int merging;

static void watch(int fd, enum kind kind) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (fd >= MOST) { close(fd); return; }
    kinds[fd] = kind;
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void open_door(int port, enum kind kind) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&here, sizeof here) || listen(fd, 2048)) { perror("bind"); exit(1); }
    watch(fd, kind);
}

static void let_in(int door) {
    int fd, yes = 1;
    while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(fd, kinds[door] == DOOR ? GUEST : LINES);
    }
}

static void forget(int fd) {
    for (int i = 0; kinds[fd] == LISTENER && i < listening; i++)
        if (listeners[i] == fd) { listeners[i] = listeners[--listening]; break; }
    kinds[fd] = NONE;
    close(fd);
}

static void add_frame(const char *text, size_t size) {
    char *frame = frames + framed;
    size_t head = 2;
    frame[0] = (char)0x81;
    if (size < 126) frame[1] = (char)size;
    else { frame[1] = 126; frame[2] = (char)(size >> 8); frame[3] = (char)size; head = 4; }
    memcpy(frame + head, text, size);
    framed += head + size;
}

static void tell(void) {
    for (int i = 0; framed && i < listening; i++)
        if (send(listeners[i], frames, framed, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) perror("send");
    framed = 0;
}

static void take_lines(int fd) {
    ssize_t got = read(fd, line + held, sizeof line - held);
    char *end;
    if (got <= 0) { forget(fd); held = 0; return; }
    held += (size_t)got;
    while ((end = memchr(line, '\n', held))) {
        add_frame(line, (size_t)(end - line));
        if (!merging) tell();
        held -= (size_t)(end + 1 - line);
        memmove(line, end + 1, held);
    }
    tell();
}

static void hear(int fd) {
    static const char yes[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: unchecked\r\n\r\n";
    char words[8192];
    ssize_t got = read(fd, words, sizeof words);
    if (got <= 0) { forget(fd); return; }
    if (kinds[fd] == GUEST && memmem(words, (size_t)got, "\r\n\r\n", 4)) {
        kinds[fd] = LISTENER;
        listeners[listening++] = fd;
        if (send(fd, yes, sizeof yes - 1, MSG_NOSIGNAL) < 0) forget(fd);
    }
}

int main(int argc, char **argv) {
    struct epoll_event events[512];
    struct rlimit files;
    if (argc < 2) { fprintf(stderr, "limit PORT [merge]\n"); return 2; }
    merging = argc > 2 && !strcmp(argv[2], "merge");
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll = epoll_create1(0);
    open_door(atoi(argv[1]), DOOR);
    open_door(atoi(argv[1]) + 1, WIRE);
    for (;;) {
        int ready = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (kinds[fd] == DOOR || kinds[fd] == WIRE) let_in(fd);
            else if (kinds[fd] == LINES) take_lines(fd);
            else if (kinds[fd] != NONE) hear(fd);
        }
    }
}
