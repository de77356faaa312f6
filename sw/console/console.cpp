// SPDX-License-Identifier: Apache-2.0
#include "sw/console/console.h"

#include <cerrno>
#include <cstdio>

#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {

void print(const std::string& text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) {
    return;
  }
  if (errno != EPIPE) {  // else the reader has seen enough, as 'head' does
    throw ResourceError("standard output: cannot write: " + system_reason(errno));
  }
}

void print_error(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string one_line(const std::string& text) {
  return escaped(text);
}

}  // namespace airnn
