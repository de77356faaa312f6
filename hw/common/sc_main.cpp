// SPDX-License-Identifier: Apache-2.0
#include <systemc>

// SystemC's library asks for this entry point even where the program has a main() of its own that
// calls sc_start(). A platform that defines its own sc_main never links this one.
int sc_main(int, char**) {
  return 1;
}
