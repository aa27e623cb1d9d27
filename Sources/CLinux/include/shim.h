// Linux calls that Swift cannot import because they are variadic. Wrappers only, no logic.
#pragma once
#include <sys/prctl.h>

/// No core dump of this process, and no other process of the same user may attach to it; 0 on success.
static inline int mimamori_forbid_dumping(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
