// A C target needs one source file; everything is in include/shim.h.
#include "shim.h"
