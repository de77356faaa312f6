// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/program.h"

int main(int argc, char** argv) {
  return static_cast<int>(airnn::run_program(argc, argv));
}
