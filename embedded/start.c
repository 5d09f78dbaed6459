// Start-up of a Cortex-M4 under qemu (mps2-an386), and what Embedded Swift asks of the platform.
#include <stddef.h>
#include <stdint.h>

extern uint32_t stack_top, data_start, data_end, data_load, bss_start, bss_end;
void firmware_main(void);

// Semihosting (Arm, "Semihosting for AArch32 and AArch64", 5): the operation in r0, its argument in r1.
static int semihost(int operation, const void *argument) {
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void leave(uint32_t status) {
    uint32_t block[2] = {0x20026, status}; // ADP_Stopped_ApplicationExit
    semihost(0x20, block);                 // SYS_EXIT_EXTENDED
    for (;;) {}
}

static char line[160];
static unsigned used;

void print_number(int32_t number) {
    char digits[12];
    unsigned count = 0;
    uint32_t rest = number < 0 ? (uint32_t)-number : (uint32_t)number;
    do { digits[count++] = '0' + rest % 10; rest /= 10; } while (rest);
    if (used) line[used++] = ' ';
    if (number < 0) line[used++] = '-';
    while (count) line[used++] = digits[--count];
}

void print_end(void) {
    line[used++] = '\n';
    line[used] = 0;
    semihost(0x04, line); // SYS_WRITE0
    used = 0;
}

void reset(void) {
    // The floating-point unit, coprocessors 10 and 11 (Armv7-M ARM, B3.2.20): SIMD rows may be moved through its registers.
    *(volatile uint32_t *)0xE000ED88 |= 0xF << 20;
    __asm__ volatile("dsb\nisb");
    for (uint32_t *from = &data_load, *to = &data_start; to < &data_end;) *to++ = *from++;
    for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
    firmware_main();
    leave(0);
}

// A trap of Swift lands here.
void fault(void) { leave(70); }

__attribute__((section(".vectors"), used)) void *const vectors[] = {
    &stack_top, reset, fault, fault, fault, fault, fault,
};

void *memset(void *to, int value, size_t count) {
    for (uint8_t *byte = to; count--;) *byte++ = value;
    return to;
}
void *memcpy(void *to, const void *from, size_t count) {
    uint8_t *out = to;
    for (const uint8_t *in = from; count--;) *out++ = *in++;
    return to;
}
void *memmove(void *to, const void *from, size_t count) {
    uint8_t *out = to;
    const uint8_t *in = from;
    if (out < in) while (count--) *out++ = *in++;
    else while (count--) out[count] = in[count];
    return to;
}
// Run-time ABI for the Arm Architecture, 5.3.4.
void __aeabi_memclr(void *to, size_t count) { memset(to, 0, count); }
void __aeabi_memclr4(void *to, size_t count) { memset(to, 0, count); }
void __aeabi_memclr8(void *to, size_t count) { memset(to, 0, count); }
void __aeabi_memset(void *to, size_t count, int value) { memset(to, value, count); }
void __aeabi_memcpy(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memcpy4(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memcpy8(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memmove(void *to, const void *from, size_t count) { memmove(to, from, count); }
void __aeabi_memmove4(void *to, const void *from, size_t count) { memmove(to, from, count); }
void __aeabi_memmove8(void *to, const void *from, size_t count) { memmove(to, from, count); }

// Long division (same, 4.2): quotient in r0:r1, remainder in r2:r3. Bit by bit: an index needs a handful an hour.
uint64_t unsigned_division(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
    uint64_t quotient = 0, rest = 0;
    for (int bit = 63; bit >= 0; bit--) {
        rest = rest << 1 | (dividend >> bit & 1);
        if (rest >= divisor) { rest -= divisor; quotient |= (uint64_t)1 << bit; }
    }
    *remainder = rest;
    return quotient;
}
int64_t signed_division(int64_t dividend, int64_t divisor, int64_t *remainder) {
    uint64_t rest;
    uint64_t quotient = unsigned_division(
        dividend < 0 ? -(uint64_t)dividend : (uint64_t)dividend, divisor < 0 ? -(uint64_t)divisor : (uint64_t)divisor, &rest);
    *remainder = dividend < 0 ? -(int64_t)rest : (int64_t)rest;
    return (dividend < 0) != (divisor < 0) ? -(int64_t)quotient : (int64_t)quotient;
}
__attribute__((naked)) void __aeabi_ldivmod(void) {
    __asm__ volatile("push {lr}\nsub sp, #12\nadd r12, sp, #0\nsub sp, #8\nstr r12, [sp]\nbl signed_division\n"
                     "add sp, #8\nldr r2, [sp]\nldr r3, [sp, #4]\nadd sp, #12\npop {pc}");
}
__attribute__((naked)) void __aeabi_uldivmod(void) {
    __asm__ volatile("push {lr}\nsub sp, #12\nadd r12, sp, #0\nsub sp, #8\nstr r12, [sp]\nbl unsigned_division\n"
                     "add sp, #8\nldr r2, [sp]\nldr r3, [sp, #4]\nadd sp, #12\npop {pc}");
}
