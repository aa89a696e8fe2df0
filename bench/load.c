/* A room full of phones: opens WebSockets by the thousand, counts what each is told and when.
 *
 *   cc -O2 -o load load.c && ./load PORT [MARKER]
 *
 * Reads commands from standard input, one a line, and answers each with one JSON object on a line:
 *   header NAME: VALUE     one more header for the handshakes that follow (no answer)
 *   open N PATH            open N sockets at PATH, a hundred handshakes at a time
 *   stall K                the first K sockets read nothing any more
 *   measure M SECONDS      count until every reading socket has had M messages, or for so long
 *   drop                   break all connections
 *   quit
 * A message carries MARKER (default "at:") and the moment it was due, in nanoseconds since the epoch, as its name.
 * Several may come in one frame (a list, the newest first) or one read. From frame to frame of a socket the names must
 * rise: what does not is counted as repeated.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum state { CONNECTING, SHAKING, OPEN, STALLED, GONE };
struct phone { int fd; enum state state; unsigned heard; uint64_t last, began; char *kept; size_t size; };
struct post { uint64_t due, last; };

static struct phone *phones;
static int count, open_count, failed, lost, shaking, epoll, port, wanted, next_to_open;
static struct post posts[8192];
static int post_count, post_seen;
static uint32_t *delays, *handshakes;
static size_t delay_count, delay_room, handshake_count;
static uint64_t deliveries, repeated, bytes, pings, reads, until, opening_since;
static unsigned due_messages;
static int satisfied, measuring, opening, reading;
static char marker[32] = "at:", path[1024], headers[8192], scratch[1 << 19];

static uint64_t now(void) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    return (uint64_t)moment.tv_sec * 1000000000u + (uint64_t)moment.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double share_ms(uint32_t *sorted, size_t size, double share) {
    return size ? sorted[(size_t)(share * (double)(size - 1))] / 1000.0 : -1;
}

static void gone(struct phone *phone) {
    if (phone->state == GONE) return;
    if (phone->state == CONNECTING || phone->state == SHAKING) { failed++; shaking--; }
    else {
        lost++;
        open_count--;
        if (phone->state == OPEN) reading--;
        if (measuring && phone->state == OPEN && phone->heard >= due_messages) satisfied--;
    }
    struct linger at_once = {1, 0};
    setsockopt(phone->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(phone->fd);
    free(phone->kept);
    phone->kept = NULL;
    phone->size = 0;
    phone->state = GONE;
}

static void told(struct phone *phone, uint64_t due, uint64_t at) {
    deliveries++;
    if (post_seen >= post_count || posts[post_seen].due != due) {
        for (post_seen = post_count - 1; post_seen >= 0 && posts[post_seen].due != due; post_seen--) {}
        if (post_seen < 0) {
            if (post_count == 8192) return;
            post_seen = post_count++;
            posts[post_seen] = (struct post){due, 0};
        }
    }
    posts[post_seen].last = at;
    if (delay_count == delay_room) {
        delay_room = delay_room ? 2 * delay_room : 1 << 16;
        delays = realloc(delays, delay_room * sizeof *delays);
        if (!delays) exit(3);
    }
    delays[delay_count++] = at > due ? (uint32_t)((at - due) / 1000) : 0;
    if (++phone->heard == due_messages) satisfied++;
}

static void search(struct phone *phone, const char *text, size_t size, uint64_t at) {
    const char *end = text + size;
    size_t length = strlen(marker), found = 0;
    uint64_t before = phone->last, names[64];
    while ((text = memmem(text, (size_t)(end - text), marker, length))) {
        uint64_t due = 0;
        for (text += length; text < end && *text >= '0' && *text <= '9'; text++) due = due * 10 + (uint64_t)(*text - '0');
        if (!due) continue;
        int again = due <= before;
        for (size_t i = 0; i < found && !again; i++) again = names[i] == due;
        if (again) { repeated++; continue; }
        if (found < 64) names[found++] = due;
        if (due > phone->last) phone->last = due;
        told(phone, due, at);
    }
}

/* A client masks what it sends (RFC 6455, 5.3); with a key of zeros that changes nothing. */
static void answer_ping(struct phone *phone, const char *words, size_t size) {
    char frame[131] = {(char)0x8a, (char)(0x80 | size)};
    memcpy(frame + 6, words, size);
    pings++;
    if (send(phone->fd, frame, size + 6, MSG_NOSIGNAL) < 0) gone(phone);
}

/* Takes whole frames from the front; gives how many bytes they were. */
static size_t take_frames(struct phone *phone, char *data, size_t size, uint64_t at) {
    size_t used = 0;
    while (phone->state == OPEN && size - used >= 2) {
        unsigned char *head = (unsigned char *)data + used;
        size_t left = size - used, start = 2;
        uint64_t length = head[1] & 127;
        if (length == 126) { start = 4; if (left < start) break; length = (uint64_t)head[2] << 8 | head[3]; }
        else if (length == 127) {
            start = 10;
            if (left < start) break;
            length = 0;
            for (int i = 2; i < 10; i++) length = length << 8 | head[i];
        }
        if (left - start < length) break;
        used += start + length;
        int kind = head[0] & 15;
        if (kind == 9 && length <= 125) answer_ping(phone, (char *)head + start, length);
        else if (kind == 8) gone(phone);
        else if (kind <= 2) search(phone, (char *)head + start, length, at);
    }
    return used;
}

static void hear(struct phone *phone) {
    size_t size = phone->size;
    if (size) memcpy(scratch, phone->kept, size);
    ssize_t got = read(phone->fd, scratch + size, sizeof scratch - size);
    uint64_t at = now();
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) { gone(phone); return; }
    reads++;
    bytes += (uint64_t)got;
    size += (size_t)got;
    char *data = scratch;
    if (phone->state == SHAKING) {
        char *end = memmem(data, size, "\r\n\r\n", 4);
        if (end) {
            if (size < 12 || memcmp(data + 9, "101", 3)) {
                if (!failed) fprintf(stderr, "refused: %.*s\n", (int)(size > 200 ? 200 : size), data);
                gone(phone);
                return;
            }
            phone->state = OPEN;
            reading++;
            open_count++;
            shaking--;
            handshakes[handshake_count++ % 200000] = (uint32_t)((at - phone->began) / 1000);
            end += 4;
            size -= (size_t)(end - data);
            data = end;
        }
    }
    size_t used = take_frames(phone, data, size, at), rest = size - used;
    if (phone->state == GONE) return;
    if (rest) {
        phone->kept = realloc(phone->kept, rest);
        if (!phone->kept) exit(3);
        memmove(phone->kept, data + used, rest);
    } else if (phone->kept) { free(phone->kept); phone->kept = NULL; }
    phone->size = rest;
}

static void dial(int index) {
    struct phone *phone = &phones[index];
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct epoll_event ready = {.events = EPOLLOUT, .data.u32 = (uint32_t)index};
    int yes = 1;
    inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
    memset(phone, 0, sizeof *phone);
    phone->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (phone->fd < 0) { perror("socket"); exit(3); }
    setsockopt(phone->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    phone->began = now();
    shaking++;
    if (connect(phone->fd, (struct sockaddr *)&there, sizeof there) && errno != EINPROGRESS) { gone(phone); return; }
    epoll_ctl(epoll, EPOLL_CTL_ADD, phone->fd, &ready);
}

static void greet(struct phone *phone, uint32_t index) {
    char request[12000];
    struct epoll_event ready = {.events = EPOLLIN, .data.u32 = index};
    int size = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %08uAAAAAAAAAAAAAA==\r\n%s\r\n",
        path, port, port, index, headers);
    if (send(phone->fd, request, (size_t)size, MSG_NOSIGNAL) != size) { gone(phone); return; }
    phone->state = SHAKING;
    epoll_ctl(epoll, EPOLL_CTL_MOD, phone->fd, &ready);
}

static void report_open(void) {
    size_t size = handshake_count < 200000 ? handshake_count : 200000;
    qsort(handshakes, size, sizeof *handshakes, by_size);
    printf("{\"open\": %d, \"failed\": %d, \"seconds\": %.4f, \"handshake_p50_ms\": %.2f, \"handshake_p99_ms\": %.2f}\n",
        open_count, failed, (double)(now() - opening_since) / 1e9, share_ms(handshakes, size, .5),
        share_ms(handshakes, size, .99));
    fflush(stdout);
    opening = 0;
}

static void report_measure(void) {
    static uint32_t lasts[8192];
    uint64_t first = UINT64_MAX, last = 0;
    for (int i = 0; i < post_count; i++) {
        lasts[i] = posts[i].last > posts[i].due ? (uint32_t)((posts[i].last - posts[i].due) / 1000) : 0;
        if (posts[i].due < first) first = posts[i].due;
        if (posts[i].last > last) last = posts[i].last;
    }
    qsort(lasts, (size_t)post_count, sizeof *lasts, by_size);
    qsort(delays, delay_count, sizeof *delays, by_size);
    uint64_t asked = (uint64_t)due_messages * (uint64_t)reading;
    printf("{\"deliveries\": %llu, \"missing\": %lld, \"repeated\": %llu, \"lost\": %d, \"posts\": %d, \"reads\": %llu, "
        "\"megabytes\": %.1f, \"pings\": %llu, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, "
        "\"last_socket_p50_ms\": %.2f, \"seconds\": %.4f}\n",
        (unsigned long long)deliveries, (long long)(asked - deliveries), (unsigned long long)repeated, lost, post_count,
        (unsigned long long)reads, (double)bytes / 1e6, (unsigned long long)pings, share_ms(delays, delay_count, .5),
        share_ms(delays, delay_count, .99), share_ms(delays, delay_count, 1), share_ms(lasts, (size_t)post_count, .5),
        last > first ? (double)(last - first) / 1e9 : 0);
    fflush(stdout);
    measuring = 0;
}

static void begin_opening(int number) {
    phones = realloc(phones, (size_t)(count + number) * sizeof *phones);
    if (!phones) exit(3);
    next_to_open = count;
    count += number;
    wanted = count;
    failed = lost = 0;
    handshake_count = 0;
    opening = 1;
    opening_since = now();
}

static void obey(char *line) {
    int number;
    double seconds;
    if (!strncmp(line, "header ", 7)) {
        size_t size = strlen(headers);
        snprintf(headers + size, sizeof headers - size, "%.4000s\r\n", line + 7);
    } else if (sscanf(line, "open %d %1000s", &number, path) == 2) begin_opening(number);
    else if (sscanf(line, "stall %d", &number) == 1) {
        for (int i = 0; i < number && i < count; i++) {
            if (phones[i].state != OPEN) continue;
            phones[i].state = STALLED;
            reading--;
            epoll_ctl(epoll, EPOLL_CTL_DEL, phones[i].fd, NULL);
        }
        printf("{\"reading\": %d}\n", reading);
        fflush(stdout);
    } else if (sscanf(line, "measure %d %lf", &number, &seconds) == 2) {
        for (int i = 0; i < count; i++) phones[i].heard = 0;
        post_count = post_seen = satisfied = lost = 0;
        delay_count = 0;
        deliveries = repeated = bytes = pings = reads = 0;
        due_messages = (unsigned)number;
        until = now() + (uint64_t)(seconds * 1e9);
        measuring = 1;
    } else if (!strcmp(line, "drop")) {
        for (int i = 0; i < count; i++) gone(&phones[i]);
        count = open_count = reading = 0;
        printf("{\"dropped\": true}\n");
        fflush(stdout);
    } else if (!strcmp(line, "quit")) exit(0);
    else fprintf(stderr, "not understood: %s\n", line);
}

static void read_commands(void) {
    static char line[16384];
    static size_t size;
    ssize_t got = read(0, line + size, sizeof line - 1 - size);
    if (got <= 0) exit(0);
    size += (size_t)got;
    char *end;
    while ((end = memchr(line, '\n', size))) {
        *end = 0;
        obey(line);
        size -= (size_t)(end + 1 - line);
        memmove(line, end + 1, size);
    }
}

int main(int argc, char **argv) {
    struct rlimit files;
    struct epoll_event events[512], commands = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    if (argc < 2) { fprintf(stderr, "load PORT [MARKER]\n"); return 2; }
    port = atoi(argv[1]);
    if (argc > 2) snprintf(marker, sizeof marker, "%s", argv[2]);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    handshakes = calloc(200000, sizeof *handshakes);
    epoll = epoll_create1(0);
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &commands);
    for (;;) {
        while (opening && shaking < 100 && next_to_open < wanted) dial(next_to_open++);
        if (opening && next_to_open == wanted && !shaking) report_open();
        if (measuring && ((reading && satisfied >= reading) || now() > until)) report_measure();
        int ready = epoll_wait(epoll, events, 512, 20);
        for (int i = 0; i < ready; i++) {
            uint32_t index = events[i].data.u32;
            if (index == UINT32_MAX) { read_commands(); continue; }
            if (index >= (uint32_t)count) continue;
            struct phone *phone = &phones[index];
            if (phone->state == CONNECTING) greet(phone, index);
            else if (phone->state != GONE) hear(phone);
        }
    }
}
